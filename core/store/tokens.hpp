// SPDX-License-Identifier: Apache-2.0
// Who may use the admin API. Tokens are 256 random bits, so their plain SHA-256 is all that is
// stored.
#pragma once

#include <ajour/sdk/release.hpp>
#include <ajour/sdk/result.hpp>

#include <cstddef>
#include <cstdint>
#include <filesystem>
#include <memory>
#include <mutex>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace ajour::store {

class Database;

/// What a token is good for.
enum class Scope : std::uint8_t {
    Admin,   ///< everything
    Broker,  ///< asking whether a device may log in, and nothing else
};

std::string_view text_of(Scope scope) noexcept;
/// Nothing when `text` names no scope.
std::optional<Scope> scope_of(std::string_view text) noexcept;

struct TokenInfo {
    std::string id;  ///< by which it is revoked; no secret
    std::string name;
    std::string created;
    Scope scope = Scope::Admin;
};

struct NewToken {
    TokenInfo info;
    std::string secret;  ///< "ajour_" and 64 hexadecimal digits; not to be seen again
};

/// Thread-safe. Kept in memory; changes are durable when they return.
class Tokens {
public:
    static constexpr std::size_t max_tokens = 256;

    static sdk::Result<std::unique_ptr<Tokens>> load(Database& database);

    /// Malformed: a name beyond 255 bytes or with control characters. Full: max_tokens there are.
    sdk::Result<NewToken> create(std::string_view name, Scope scope = Scope::Admin);
    sdk::Result<void> revoke(std::string_view id);
    std::vector<TokenInfo> list() const;

    /// Whether it is a token that is good for `needed`, in a time that depends on the number of
    /// tokens only.
    bool verify(std::string_view secret, Scope needed = Scope::Admin) const;

    /// When there is no token of that scope, and room for one, makes one and writes it to `file`
    /// (mode 0600) before it counts. Says whether it did.
    sdk::Result<bool> ensure_first(const std::filesystem::path& file, Scope scope = Scope::Admin);

private:
    struct Entry {
        TokenInfo info;
        sdk::Sha256 sha256;
    };

    explicit Tokens(Database& database) : database_(database) {}
    sdk::Result<void> insert(const NewToken& token);

    Database& database_;
    mutable std::mutex mutex_;  ///< guards entries_
    std::vector<Entry> entries_;
};

}  // namespace ajour::store
