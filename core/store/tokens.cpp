// SPDX-License-Identifier: Apache-2.0
#include "store/tokens.hpp"

#include "digest/random.hpp"
#include "digest/sha256.hpp"
#include "store/database.hpp"
#include "store/document.hpp"
#include "store/private_file.hpp"
#include "store/timestamp.hpp"

#include <algorithm>
#include <chrono>
#include <optional>

namespace ajour::store {

using sdk::Error;
using sdk::ErrorKind;
using sdk::Result;
using sdk::Sha256;

namespace {

constexpr std::size_t id_digits = 12;

NewToken make_token(std::string_view name, Scope scope) {
    Sha256 bits;
    digest::fill_randomly(bits.bytes);
    const auto id = digest::random_uuid();
    return {{id.substr(id.size() - id_digits), std::string(name),
             timestamp(std::chrono::system_clock::now()), scope},
            "ajour_" + bits.hex()};
}

Sha256 sha256_of(std::string_view secret) {
    return digest::sha256(sdk::bytes_of(secret));
}

}  // namespace

std::string_view text_of(Scope scope) noexcept {
    return scope == Scope::Broker ? "broker" : "admin";
}

std::optional<Scope> scope_of(std::string_view text) noexcept {
    if (text == "admin") return Scope::Admin;
    if (text == "broker") return Scope::Broker;
    return std::nullopt;
}

Result<std::unique_ptr<Tokens>> Tokens::load(Database& database) {
    std::unique_ptr<Tokens> tokens(new Tokens(database));
    const auto loaded = database.read([&](Connection& sql) {
        auto rows =
            sql.select("SELECT id, name, created, sha256, scope FROM tokens ORDER BY created");
        while (rows.next()) {
            const auto scope = scope_of(rows.text(4));
            if (!scope) continue;
            Entry entry{{std::string(rows.text(0)), std::string(rows.text(1)),
                         std::string(rows.text(2)), *scope},
                        {}};
            const auto bytes = rows.bytes(3);
            if (bytes.size() != entry.sha256.bytes.size()) continue;
            std::ranges::copy(bytes, entry.sha256.bytes.begin());
            tokens->entries_.push_back(std::move(entry));
        }
        return Result<void>();
    });
    if (!loaded) return loaded.error();
    return tokens;
}

Result<NewToken> Tokens::create(std::string_view name, Scope scope) {
    if (auto checked = check_device_name(name); !checked) {
        return Error{ErrorKind::Malformed,
                     "a token's name has 1 to 255 bytes, no control characters"};
    }
    const std::lock_guard lock(mutex_);
    auto token = make_token(name, scope);
    if (auto inserted = insert(token); !inserted) return inserted.error();
    return token;
}

Result<void> Tokens::insert(const NewToken& token) {
    if (entries_.size() >= max_tokens) {
        return Error{ErrorKind::Full, "there are 256 tokens: revoke unused ones"};
    }
    const auto sha256 = sha256_of(token.secret);
    auto stored = database_.change(Durability::Registry, [&](Connection& sql) {
        sql.run("INSERT INTO tokens (id, name, created, sha256, scope) VALUES (?, ?, ?, ?, ?)",
                token.info.id, token.info.name, token.info.created, sdk::ByteView(sha256.bytes),
                text_of(token.info.scope));
        return Result<void>();
    });
    if (stored) entries_.push_back({token.info, sha256});
    return stored;
}

Result<void> Tokens::revoke(std::string_view id) {
    const std::lock_guard lock(mutex_);
    const auto found = std::ranges::find(entries_, id, [](const Entry& e) { return e.info.id; });
    if (found == entries_.end()) return Error{ErrorKind::NotFound, "there is no such token"};
    auto stored = database_.change(Durability::Registry, [&](Connection& sql) {
        sql.run("DELETE FROM tokens WHERE id = ?", id);
        return Result<void>();
    });
    if (stored) entries_.erase(found);
    return stored;
}

std::vector<TokenInfo> Tokens::list() const {
    const std::lock_guard lock(mutex_);
    std::vector<TokenInfo> infos;
    for (const auto& entry : entries_) infos.push_back(entry.info);
    return infos;
}

bool Tokens::verify(std::string_view secret, Scope needed) const {
    const auto given = sha256_of(secret);
    const std::lock_guard lock(mutex_);
    bool found = false;
    for (const auto& entry : entries_) {
        const auto scope = entry.info.scope;
        const bool suffices = scope == Scope::Admin || scope == needed;
        found |= digest::equal_in_constant_time(given.bytes, entry.sha256.bytes) && suffices;
    }
    return found;
}

Result<bool> Tokens::ensure_first(const std::filesystem::path& file, Scope scope) {
    const std::lock_guard lock(mutex_);
    const bool has_one = std::ranges::any_of(
        entries_, [scope](const Entry& entry) { return entry.info.scope == scope; });
    if (has_one || entries_.size() >= max_tokens) return false;
    const auto token = make_token("first", scope);
    if (auto written = replace_private_file(file, token.secret + "\n"); !written) {
        return written.error();
    }
    if (auto inserted = insert(token); !inserted) return inserted.error();
    return true;
}

}  // namespace ajour::store
