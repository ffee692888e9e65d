// SPDX-License-Identifier: Apache-2.0
#include "fleet/profile.hpp"

#include "digest/base64.hpp"
#include "json/json.hpp"

#include <algorithm>
#include <utility>

namespace ajour::fleet {

using sdk::Error;
using sdk::ErrorKind;
using sdk::Result;

namespace {

constexpr std::size_t credentials_max = 64;
constexpr std::size_t gateways_max = 256;
constexpr std::size_t anchors_max = 16;

std::string own_name(const Json& record) {
    const auto* metadata = json::member(record, "metadata");
    return metadata == nullptr ? "" : json::text(*metadata, "name");
}

bool is_disabled(const Json& record) {
    const auto* disabled = json::at(record, {"spec", "core", "disabled"});
    return disabled != nullptr && disabled->is_boolean() && disabled->get<bool>();
}

/// The one key of `spec.firmware`, as Drogue has it: two keys, or none, is a mistake that is shown.
Result<sdk::Target> read_target(const Json& firmware, const std::string& application) {
    if (!firmware.is_object() || firmware.size() != 1) {
        return Error{ErrorKind::Malformed, "spec.firmware must be an object with one key, found " +
                                               json::print(firmware).substr(0, 80)};
    }
    const auto only = firmware.begin();
    return sdk::Target{application, only.key(), json::print(only.value())};
}

void choose_target(Profile& profile, const Json& device, const Json& application) {
    const auto* firmware = json::at(device, {"spec", "firmware"});
    if (firmware == nullptr) firmware = json::at(application, {"spec", "firmware"});
    if (firmware == nullptr) return;
    auto target = read_target(*firmware, profile.id.application);
    if (target) {
        profile.target = std::move(*target);
    } else {
        profile.problem = target.error().text;
    }
}

std::optional<StoredPassword> read_secret(const Json& secret, std::string username) {
    if (secret.is_string()) {
        return StoredPassword{std::move(username), digest::StoredKind::Plain,
                              secret.get<std::string>()};
    }
    constexpr std::pair<const char*, digest::StoredKind> kinds[] = {
        {"plain", digest::StoredKind::Plain},
        {"bcrypt", digest::StoredKind::Bcrypt},
        {"sha512", digest::StoredKind::Sha512}};
    for (const auto& [name, kind] : kinds) {
        auto text = json::text(secret, name);
        if (!text.empty()) return StoredPassword{std::move(username), kind, std::move(text)};
    }
    return std::nullopt;
}

std::optional<StoredPassword> read_user(const Json& user) {
    const auto* password = json::member(user, "password");
    auto username = json::text(user, "username");
    if (password == nullptr || username.empty()) return std::nullopt;
    return read_secret(*password, std::move(username));
}

std::optional<PreSharedKey> read_key(const Json& psk) {
    auto key = digest::decode_base64(json::text(psk, "key"));
    if (!key || key->empty()) return std::nullopt;
    PreSharedKey stored{std::move(*key), {}, {}};
    if (const auto* validity = json::member(psk, "validity")) {
        stored.not_before = json::text(*validity, "notBefore");
        stored.not_after = json::text(*validity, "notAfter");
    }
    return stored;
}

void read_credential(Profile& profile, const Json& credential) {
    if (const auto* pass = json::member(credential, "pass")) {
        if (auto read = read_secret(*pass, {})) profile.passwords.push_back(std::move(*read));
    } else if (const auto* user = json::member(credential, "user")) {
        if (auto read = read_user(*user)) profile.passwords.push_back(std::move(*read));
    } else if (const auto* psk = json::member(credential, "psk")) {
        if (auto read = read_key(*psk)) profile.keys.push_back(std::move(*read));
    } else if (const auto* cert = json::member(credential, "cert"); cert && cert->is_string()) {
        profile.certificates.push_back(cert->get<std::string>());
    }
}

void read_credentials(Profile& profile, const Json& device) {
    const auto* list = json::at(device, {"spec", "authentication", "credentials"});
    if (list == nullptr) list = json::at(device, {"spec", "credentials", "credentials"});
    if (list == nullptr || !list->is_array()) return;
    const auto count = std::min(list->size(), credentials_max);
    for (std::size_t i = 0; i < count; ++i) read_credential(profile, (*list)[i]);
}

void read_anchors(Profile& profile, const Json& application) {
    const auto* anchors = json::at(application, {"spec", "trustAnchors", "anchors"});
    if (anchors == nullptr || !anchors->is_array()) return;
    const auto count = std::min(anchors->size(), anchors_max);
    for (std::size_t i = 0; i < count; ++i) {
        auto text = json::text((*anchors)[i], "certificate");
        if (!text.empty()) profile.anchors.push_back(std::move(text));
    }
}

void read_gateways(Profile& profile, const Json& device) {
    const auto* names = json::at(device, {"spec", "gatewaySelector", "matchNames"});
    if (names == nullptr || !names->is_array()) return;
    const auto count = std::min(names->size(), gateways_max);
    for (std::size_t i = 0; i < count; ++i) {
        if ((*names)[i].is_string()) profile.gateways.push_back((*names)[i].get<std::string>());
    }
}

void read_labels(Profile& profile, const Json& device) {
    const auto* labels = json::at(device, {"metadata", "labels"});
    if (labels == nullptr || !labels->is_object()) return;
    for (const auto& [name, value] : labels->items()) {
        if (value.is_string()) profile.labels.emplace(name, value.get<std::string>());
    }
}

}  // namespace

Result<Profile> read_profile(const sdk::DeviceId& asked, const sdk::DeviceRecord& record) {
    const auto device = json::parse(record.device);
    if (!device) return device.error().in("the registry's record of " + asked.text());
    const auto application = json::parse(record.application.empty() ? "{}" : record.application);
    if (!application)
        return application.error().in("the registry's record of " + asked.application);
    Profile profile;
    profile.id = {own_name(*application), own_name(*device)};
    if (profile.id.application.empty()) profile.id.application = asked.application;
    if (profile.id.device.empty()) {
        return Error{ErrorKind::Malformed,
                     "the registry's record of " + asked.text() + " has no metadata.name"};
    }
    profile.enabled = !is_disabled(*device) && !is_disabled(*application);
    choose_target(profile, *device, *application);
    read_credentials(profile, *device);
    read_anchors(profile, *application);
    read_gateways(profile, *device);
    read_labels(profile, *device);
    return profile;
}

}  // namespace ajour::fleet
