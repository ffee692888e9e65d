// SPDX-License-Identifier: Apache-2.0
#include "images.hpp"

#include <algorithm>

namespace ajour::hawkbit {

namespace {

constexpr std::chrono::seconds FirstWait{1}, LongestWait{300}, Remembered{3600}, MeasuringMax{300};

/// Its strongest hash and its size.
std::string key_of(const Chosen& chosen) {
    const auto& hashes = chosen.hashes;
    const auto& hash = !hashes.sha256.empty() ? hashes.sha256
                       : !hashes.sha1.empty() ? hashes.sha1
                                              : hashes.md5;
    return hash + "." + std::to_string(chosen.size.value_or(0));
}

int digit(char c) {
    if (c >= '0' && c <= '9') return c - '0';
    return c >= 'a' && c <= 'f' ? c - 'a' + 10 : -1;
}

}  // namespace

std::optional<sdk::Sha256> digest_of(const std::string& hex) {
    sdk::Sha256 digest;
    if (hex.size() != 2 * digest.bytes.size()) return std::nullopt;
    for (std::size_t i = 0; i < digest.bytes.size(); ++i) {
        const int high = digit(hex[2 * i]), low = digit(hex[2 * i + 1]);
        if (high < 0 || low < 0) return std::nullopt;
        digest.bytes[i] = static_cast<std::uint8_t>(high << 4 | low);
    }
    return digest;
}

Images::Known& Images::known(const Chosen& chosen) {
    auto key = key_of(chosen);
    if (known_.size() >= KnownMax && !known_.contains(key)) known_.clear();
    return known_[std::move(key)];
}

std::optional<Images::Trouble> Images::trouble(const Chosen& chosen, Instant now) const {
    const std::lock_guard lock(mutex_);
    const auto found = known_.find(key_of(chosen));
    if (found == known_.end() || found->second.failed_at == Instant{} ||
        now > found->second.failed_at + Remembered) {
        return std::nullopt;
    }
    return found->second.trouble;
}

void Images::failed(const Chosen& chosen, bool unverified, std::string why, Instant now) {
    const std::lock_guard lock(mutex_);
    auto& entry = known(chosen);
    if (now > entry.failed_at + Remembered) entry.trouble = {};
    const auto before =
        entry.failed_at == Instant{}
            ? std::chrono::seconds(0)
            : std::chrono::ceil<std::chrono::seconds>(entry.trouble.until - entry.failed_at);
    if (unverified) ++entry.trouble.tries;
    entry.trouble.why = std::move(why);
    entry.trouble.until = now + std::clamp(2 * before, FirstWait, LongestWait);
    entry.failed_at = now;
    entry.measuring_until = {};
}

void Images::verified(const Chosen& chosen, const std::string& sha256) {
    const std::lock_guard lock(mutex_);
    auto& entry = known(chosen);
    entry = {};
    entry.sha256 = sha256;
}

std::optional<sdk::Sha256> Images::sha256(const Chosen& chosen) const {
    if (!chosen.hashes.sha256.empty()) return digest_of(chosen.hashes.sha256);
    const std::lock_guard lock(mutex_);
    const auto found = known_.find(key_of(chosen));
    return found == known_.end() ? std::nullopt : digest_of(found->second.sha256);
}

bool Images::claim_measuring(const Chosen& chosen, Instant now) {
    const std::lock_guard lock(mutex_);
    auto& entry = known(chosen);
    if (now < entry.measuring_until) return false;
    entry.measuring_until = now + MeasuringMax;
    return true;
}

}  // namespace ajour::hawkbit
