// SPDX-License-Identifier: Apache-2.0
#include "fleet/credentials.hpp"

#include <algorithm>
#include <chrono>

namespace ajour::fleet {

using certificates::Time;

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

bool names_device(const Profile& profile, const certificates::Names& names) {
    if (profile.certificates.empty()) {
        return names.common_name == profile.id.device || names.subject == profile.id.device;
    }
    return std::find(profile.certificates.begin(), profile.certificates.end(), names.subject) !=
           profile.certificates.end();
}

std::optional<Time> end_of_certificate(const Profile& profile, sdk::ByteView chain) {
    const auto names = certificates::names_of(chain);
    if (!names || !names_device(profile, *names)) return std::nullopt;
    const auto now = std::chrono::floor<std::chrono::seconds>(std::chrono::system_clock::now());
    const auto end = certificates::verify(chain, profile.anchors, now);
    return end ? std::optional(*end) : std::nullopt;
}

std::optional<Time> endless_if(bool right) {
    return right ? std::optional(Time::max()) : std::nullopt;
}

}  // namespace

std::optional<Time> shows_right_credential(const Profile& profile, std::string_view asked,
                                           const sdk::Credential& credential) {
    switch (credential.kind) {
        case sdk::Credential::Kind::Trusted:
            return endless_if(true);
        case sdk::Credential::Kind::Password:
            return endless_if(matches_password(profile, asked, credential));
        case sdk::Credential::Kind::PreSharedKey:
            return endless_if(!profile.keys.empty());
        case sdk::Credential::Kind::Certificate:
            return end_of_certificate(profile, sdk::bytes_of(credential.secret));
    }
    return std::nullopt;
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
