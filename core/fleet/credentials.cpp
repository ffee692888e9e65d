// SPDX-License-Identifier: Apache-2.0
#include "fleet/credentials.hpp"

#include <algorithm>

namespace ajour::fleet {

namespace {

constexpr std::size_t date_and_time = 19;  // "2026-01-02T03:04:05"

bool names_user(const StoredPassword& stored, std::string_view asked, std::string_view username) {
    if (stored.username.empty()) return username.empty();
    return stored.username == (username.empty() ? asked : username);
}

bool matches_password(const Profile& profile, std::string_view asked,
                      const sdk::Credential& credential) {
    return std::any_of(profile.passwords.begin(), profile.passwords.end(), [&](const auto& stored) {
        return names_user(stored, asked, credential.username) &&
               digest::password_matches(stored.kind, stored.secret, credential.secret);
    });
}

bool matches_certificate(const Profile& profile, std::string_view subject) {
    if (profile.certificates.empty()) return subject == profile.id.device;
    return std::find(profile.certificates.begin(), profile.certificates.end(), subject) !=
           profile.certificates.end();
}

}  // namespace

bool shows_right_credential(const Profile& profile, std::string_view asked,
                            const sdk::Credential& credential) {
    switch (credential.kind) {
        case sdk::Credential::Kind::Trusted:
            return true;
        case sdk::Credential::Kind::Password:
            return matches_password(profile, asked, credential);
        case sdk::Credential::Kind::PreSharedKey:
            return !profile.keys.empty();
        case sdk::Credential::Kind::Certificate:
            return matches_certificate(profile, credential.secret);
    }
    return false;
}

const PreSharedKey* valid_key(const Profile& profile, std::string_view now) {
    const auto moment = now.substr(0, date_and_time);
    for (const auto& key : profile.keys) {
        const auto from = std::string_view(key.not_before).substr(0, date_and_time);
        const auto until = std::string_view(key.not_after).substr(0, date_and_time);
        if ((from.empty() || from <= moment) && (until.empty() || moment <= until)) return &key;
    }
    return nullptr;
}

}  // namespace ajour::fleet
