// SPDX-License-Identifier: Apache-2.0
#include "digest/password.hpp"

#include "digest/random.hpp"

#include <crypt.h>
#include <openssl/crypto.h>

#include <charconv>
#include <memory>
#include <new>

namespace ajour::digest {

using sdk::Error;
using sdk::ErrorKind;

namespace {

constexpr int max_bcrypt_cost = 14;
constexpr int max_sha512_rounds = 1'000'000;
constexpr int our_bcrypt_cost = 10;
constexpr std::size_t max_bcrypt_password = 72;

/// crypt_r's 32 KiB of working memory and our copy of the password, wiped when they go.
struct Workspace {
    crypt_data data{};
    std::string password;

    explicit Workspace(std::string_view given) : password(given) {}
    ~Workspace() {
        OPENSSL_cleanse(&data, sizeof data);
        OPENSSL_cleanse(password.data(), password.size());
    }
    Workspace(const Workspace&) = delete;
    Workspace& operator=(const Workspace&) = delete;
};

bool can_be_given(std::string_view given) noexcept {
    return given.size() < CRYPT_MAX_PASSPHRASE_SIZE && given.find('\0') == std::string_view::npos;
}

int leading_number(std::string_view text) noexcept {
    int number = -1;
    std::from_chars(text.data(), text.data() + text.size(), number);
    return number;
}

bool is_bounded_bcrypt(std::string_view stored) noexcept {
    if (stored.size() != 60) return false;
    const auto scheme = stored.substr(0, 4);
    if (scheme != "$2a$" && scheme != "$2b$" && scheme != "$2y$") return false;
    const int cost = leading_number(stored.substr(4, 2));
    return cost >= 4 && cost <= max_bcrypt_cost;
}

bool is_bounded_sha512(std::string_view stored) noexcept {
    constexpr std::string_view scheme = "$6$";
    constexpr std::string_view rounds = "rounds=";
    if (!stored.starts_with(scheme) || stored.size() >= CRYPT_OUTPUT_SIZE) return false;
    stored.remove_prefix(scheme.size());
    if (!stored.starts_with(rounds)) return true;
    const int count = leading_number(stored.substr(rounds.size()));
    return count > 0 && count <= max_sha512_rounds;
}

bool crypt_matches(std::string_view stored, std::string_view given) noexcept {
    try {
        const auto workspace = std::make_unique<Workspace>(given);
        const std::string setting(stored);
        const char* hashed =
            crypt_r(workspace->password.c_str(), setting.c_str(), &workspace->data);
        return hashed != nullptr && hashed[0] != '*' &&
               equal_in_constant_time(sdk::bytes_of(hashed), sdk::bytes_of(stored));
    } catch (const std::bad_alloc&) {
        return false;
    }
}

/// Takes as long for a wrong size as for a right one.
bool plain_matches(std::string_view stored, std::string_view given) noexcept {
    const bool same_size = stored.size() == given.size();
    const auto compared = same_size ? stored : given;
    return equal_in_constant_time(sdk::bytes_of(compared), sdk::bytes_of(given)) && same_size;
}

}  // namespace

bool password_matches(StoredKind kind, std::string_view stored, std::string_view given) noexcept {
    switch (kind) {
        case StoredKind::Plain:
            return plain_matches(stored, given);
        case StoredKind::Bcrypt:
            return can_be_given(given) && is_bounded_bcrypt(stored) && crypt_matches(stored, given);
        case StoredKind::Sha512:
            return can_be_given(given) && is_bounded_sha512(stored) && crypt_matches(stored, given);
    }
    return false;
}

sdk::Result<std::string> hash_password(std::string_view password) {
    if (password.empty() || password.size() > max_bcrypt_password ||
        password.find('\0') != std::string_view::npos) {
        return Error{ErrorKind::Malformed,
                     "a password to be hashed has 1 to 72 bytes, none of them NUL"};
    }
    const auto salt = random_bytes(16);
    char setting[CRYPT_GENSALT_OUTPUT_SIZE];
    if (crypt_gensalt_rn("$2b$", our_bcrypt_cost, reinterpret_cast<const char*>(salt.data()),
                         static_cast<int>(salt.size()), setting, sizeof setting) == nullptr) {
        return Error{ErrorKind::Internal, "libcrypt offers no bcrypt"};
    }
    const auto workspace = std::make_unique<Workspace>(password);
    const char* hashed = crypt_r(workspace->password.c_str(), setting, &workspace->data);
    if (hashed == nullptr || hashed[0] == '*') {
        return Error{ErrorKind::Internal, "libcrypt could not hash a password"};
    }
    return std::string(hashed);
}

}  // namespace ajour::digest
