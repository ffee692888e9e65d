// SPDX-License-Identifier: Apache-2.0
#include "recent_logins.hpp"

#include <openssl/crypto.h>
#include <openssl/evp.h>
#include <openssl/hmac.h>
#include <openssl/rand.h>

#include <stdexcept>
#include <string>

namespace ajour::broker {

RecentLogins::RecentLogins(std::chrono::seconds age, std::size_t max) : age_(age), max_(max) {
    if (RAND_bytes(key_.data(), static_cast<int>(key_.size())) != 1) {
        throw std::runtime_error("there is no randomness");
    }
}

RecentLogins::Digest RecentLogins::digest_of(std::string_view user,
                                             std::string_view password) const {
    std::string both(user);
    both.append(1, '\0').append(password);
    Digest digest{};
    unsigned size = 0;
    const auto* made = HMAC(EVP_sha256(), key_.data(), static_cast<int>(key_.size()),
                            reinterpret_cast<const unsigned char*>(both.data()), both.size(),
                            digest.data(), &size);
    OPENSSL_cleanse(both.data(), both.size());
    if (made == nullptr || size != digest.size()) throw std::runtime_error("no digest can be made");
    return digest;
}

bool RecentLogins::knows(std::string_view user, std::string_view password, Instant now) {
    forget_aged(now);
    return !until_.empty() && until_.contains(digest_of(user, password));
}

void RecentLogins::remember(std::string_view user, std::string_view password, Instant now) {
    forget_aged(now);
    if (age_.count() == 0) return;
    const auto digest = digest_of(user, password);
    if (until_.contains(digest)) return;
    if (until_.size() >= max_) forget_oldest();
    until_.emplace(digest, now + age_);
    by_age_.push_back(digest);
}

void RecentLogins::forget_oldest() {
    until_.erase(by_age_.front());
    by_age_.pop_front();
}

void RecentLogins::forget_aged(Instant now) {
    while (!by_age_.empty() && now >= until_.at(by_age_.front())) forget_oldest();
}

}  // namespace ajour::broker
