// SPDX-License-Identifier: Apache-2.0
#include "fleet/credentials.hpp"

#include "fleet/calendar.hpp"
#include "fleet/validity.hpp"

#include <algorithm>
#include <functional>

namespace ajour::fleet {

using certificates::Time;

namespace {

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
    const auto end = certificates::verify(chain, profile.anchors, this_second());
    return end ? std::optional(*end) : std::nullopt;
}

/// Of several keys with that tag, which are the same, the one that holds for longest.
std::optional<Time> end_of_key(const Profile& profile, std::string_view tag,
                               const digest::CredentialTag& tags) {
    std::optional<Time> last;
    for (const auto& key : profile.keys) {
        if (tag_of(key.key, tags) == tag) last = std::max(last, end_of(key, this_second()));
    }
    return last;
}

std::optional<Time> endless_if(bool right) {
    return right ? std::optional(Time::max()) : std::nullopt;
}

}  // namespace

std::optional<Time> shows_right_credential(const Profile& profile, std::string_view asked,
                                           const sdk::Credential& credential,
                                           const digest::CredentialTag& tags) {
    switch (credential.kind) {
        case sdk::Credential::Kind::Trusted:
            return endless_if(true);
        case sdk::Credential::Kind::Password:
            return endless_if(matches_password(profile, asked, credential));
        case sdk::Credential::Kind::PreSharedKey:
            return end_of_key(profile, credential.secret, tags);
        case sdk::Credential::Kind::Certificate:
            return end_of_certificate(profile, sdk::bytes_of(credential.secret));
    }
    return std::nullopt;
}

const PreSharedKey* valid_key(const Profile& profile, Time now) {
    const auto found =
        std::find_if(profile.keys.begin(), profile.keys.end(),
                     [now](const auto& key) { return end_of(key, now).has_value(); });
    return found == profile.keys.end() ? nullptr : &*found;
}

std::string tag_of(const sdk::Bytes& key, const digest::CredentialTag& tags) {
    const auto tag = tags.tag(key);
    return std::string(sdk::text_of(tag));
}

std::size_t stand_in_for_credentials(const Profile& profile) {
    std::string all;
    const auto append = [&all](std::string_view part) { all.append(part).append(1, '\0'); };
    for (const auto& password : profile.passwords) {
        append(password.username);
        append(password.secret);
    }
    for (const auto& key : profile.keys) {
        append(sdk::text_of(key.key));
        append(key.not_before);
        append(key.not_after);
    }
    for (const auto& certificate : profile.certificates) append(certificate);
    for (const auto& anchor : profile.anchors) append(anchor);
    for (const auto& gateway : profile.gateways) append(gateway);
    return std::hash<std::string>()(all);
}

sdk::Error wrong_credential() {
    return {sdk::ErrorKind::Refused, "wrong credential"};
}

}  // namespace ajour::fleet
