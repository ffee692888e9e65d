// SPDX-License-Identifier: Apache-2.0
#include "content/digest.hpp"

#include "json/value.hpp"

#include <algorithm>

namespace ajour::oci {

using sdk::Error;
using sdk::ErrorKind;
using sdk::Result;

namespace {

constexpr std::string_view Prefix = "sha256:";
constexpr std::size_t Digits = 64;

bool is_lower_hex(char c) noexcept {
    return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'f');
}

unsigned value_of(char digit) noexcept {
    return static_cast<unsigned>(digit <= '9' ? digit - '0' : digit - 'a' + 10);
}

}  // namespace

bool is_digest(std::string_view text) noexcept {
    return text.size() == Prefix.size() + Digits && text.starts_with(Prefix) &&
           std::all_of(text.begin() + Prefix.size(), text.end(), is_lower_hex);
}

Result<std::string> parse_digest(std::string_view text) {
    if (is_digest(text)) return std::string(text);
    if (text.starts_with("sha512:") || text.starts_with("blake3:")) {
        return Error{ErrorKind::Malformed, "the digest is by " + std::string(text.substr(0, 6)) +
                                               ", only sha256 is taken"};
    }
    return Error{ErrorKind::Malformed, "the digest is \"" + printable(text) +
                                           "\", expected sha256: and 64 lower-case hex digits"};
}

std::string_view hex_of(std::string_view digest) noexcept {
    return digest.substr(Prefix.size());
}

sdk::Sha256 sha256_of(std::string_view digest) noexcept {
    const auto hex = hex_of(digest);
    sdk::Sha256 value;
    for (std::size_t i = 0; i < value.bytes.size(); ++i) {
        value.bytes[i] =
            static_cast<std::uint8_t>(value_of(hex[2 * i]) << 4 | value_of(hex[2 * i + 1]));
    }
    return value;
}

std::string digest_text(const sdk::Sha256& value) {
    return std::string(Prefix) + value.hex();
}

}  // namespace ajour::oci
