// SPDX-License-Identifier: Apache-2.0
// Who may use the admin API. Tokens are 256 random bits, so their plain SHA-256 is all that is
// stored.
#pragma once

#include <ajour/sdk/release.hpp>
#include <ajour/sdk/result.hpp>

#include <cstddef>
#include <filesystem>
#include <memory>
#include <mutex>
#include <string>
#include <string_view>
#include <vector>

namespace ajour::store {

class Database;

struct TokenInfo {
    std::string id;  ///< by which it is revoked; no secret
    std::string name;
    std::string created;
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
    sdk::Result<NewToken> create(std::string_view name);
    sdk::Result<void> revoke(std::string_view id);
    std::vector<TokenInfo> list() const;

    /// In a time that depends on the number of tokens only.
    bool verify(std::string_view secret) const;

    /// When there is no token at all, makes one and writes it to `file` (mode 0600) before it
    /// counts. Says whether it did.
    sdk::Result<bool> ensure_first(const std::filesystem::path& file);

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
