// SPDX-License-Identifier: Apache-2.0
#include "distribution/auths_file.hpp"

#include "content/base64.hpp"
#include "json/members.hpp"
#include "reference.hpp"

namespace ajour::oci {

using sdk::Error;
using sdk::ErrorKind;
using sdk::Result;

namespace {

constexpr std::size_t LargestFile = 1U << 20;

/// "https://index.docker.io/v1/" as "docker.io": without scheme, API version and final slash.
std::string_view bare(std::string_view key) {
    for (const std::string_view scheme : {"https://", "http://"}) {
        if (key.starts_with(scheme)) key.remove_prefix(scheme.size());
    }
    while (key.ends_with('/')) key.remove_suffix(1);
    for (const std::string_view version : {"/v1", "/v2"}) {
        if (key.ends_with(version)) key.remove_suffix(version.size());
    }
    return is_docker_hub(key) ? std::string_view("docker.io") : key;
}

/// How many bytes of `place` the key fits, whole components only; 0: it does not.
std::size_t fit(std::string_view key, std::string_view place) {
    if (!place.starts_with(key)) return 0;
    return place.size() == key.size() || place[key.size()] == '/' ? key.size() : 0;
}

const Value* best_entry(const Value::Members& auths, std::string_view place) {
    const Value* best = nullptr;
    std::size_t best_fit = 0;
    for (const auto& [key, entry] : auths) {
        const auto found = fit(bare(key), place);
        if (found <= best_fit) continue;
        best = &entry;
        best_fit = found;
    }
    return best;
}

std::string text_of(const Value& entry, std::string_view name) {
    const auto* found = entry.member(name);
    const auto* text = found == nullptr ? nullptr : found->text();
    return text == nullptr ? std::string() : *text;
}

Result<Login> read_entry(const Value& entry) {
    Login login{text_of(entry, "username"), text_of(entry, "password"),
                text_of(entry, "identitytoken")};
    const auto packed = text_of(entry, "auth");
    if (packed.empty()) return login;
    const auto pair = decode_base64(packed);
    const auto colon = pair ? pair->find(':') : std::string::npos;
    if (colon == std::string::npos) {
        return Error{ErrorKind::Malformed, "auth is no Base64 of USER:PASSWORD"};
    }
    login.user = pair->substr(0, colon);
    login.password = pair->substr(colon + 1);
    while (login.password.ends_with('\0')) login.password.pop_back();  // as docker login pads it
    return login;
}

}  // namespace

Result<Login> login_of(std::string_view file, std::string_view host, std::string_view repository) {
    const auto object = parse_object(file, {LargestFile, 1U << 16, 16});
    // The error of the parser shows a beginning, and this is a file of secrets.
    if (!object) return Error{ErrorKind::Malformed, "is no JSON object of at most 1 MiB"};
    const auto* auths = object->member("auths");
    if (auths == nullptr) auths = &*object;  // dockercfg has the entries at its top
    if (auths->members() == nullptr) return Login{};
    const auto place = std::string(bare(host)) + '/' + std::string(repository);
    const auto* entry = best_entry(*auths->members(), place);
    if (entry == nullptr) return Login{};
    return read_entry(*entry);
}

}  // namespace ajour::oci
