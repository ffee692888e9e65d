// SPDX-License-Identifier: Apache-2.0
#include "target_spec.hpp"

#include "json/members.hpp"

#include <algorithm>
#include <array>

namespace ajour::oci {

using sdk::Error;
using sdk::ErrorKind;
using sdk::Result;

namespace {

constexpr std::size_t LargestSpec = 64U << 10;
constexpr std::size_t LongestImage = 512;
constexpr std::size_t LongestVersion = 255;
constexpr std::size_t LongestWord = 100;
constexpr std::array<std::string_view, 7> KnownMembers{
    "image", "imagePullPolicy", "version", "platform", "policy", "registry", "build"};

/// A text without control characters; "" when there is no such member.
Result<std::string> read_text(const Value& object, const char* name, std::size_t most) {
    if (object.member(name) == nullptr) return std::string();
    auto text = required_text(object, name, most);
    if (!text) return text;
    const auto is_control = [](unsigned char c) { return c < 0x20 || c == 0x7f; };
    if (std::none_of(text->begin(), text->end(), is_control)) return text;
    return unexpected(object, name, "a text without control characters");
}

Result<void> check_members(const Value& object) {
    for (const auto& [name, value] : *object.members()) {
        if (std::find(KnownMembers.begin(), KnownMembers.end(), name) != KnownMembers.end()) {
            continue;
        }
        return Error{ErrorKind::Malformed,
                     '"' + printable(name, 40) +
                         "\" is no member, expected image, imagePullPolicy, version, platform, "
                         "policy or registry"};
    }
    return {};
}

Result<PullPolicy> read_pull_policy(const Value& object) {
    const auto* found = object.member("imagePullPolicy");
    if (found == nullptr) return PullPolicy::Unsaid;
    const auto* text = found->text();
    if (text != nullptr && *text == "Always") return PullPolicy::Always;
    if (text != nullptr && *text == "IfNotPresent") return PullPolicy::IfNotPresent;
    return unexpected(object, "imagePullPolicy", "Always or IfNotPresent");
}

/// "os/architecture" or "os/architecture/variant".
std::optional<Platform> platform_of(std::string_view text) {
    std::array<std::string, 3> words;
    for (auto& word : words) {
        const auto slash = text.find('/');
        word = text.substr(0, slash);
        const bool last = slash == std::string_view::npos;
        text.remove_prefix(last ? text.size() : slash + 1);
        if (word.empty() && (!last || &word != &words[2])) return std::nullopt;
        if (last && &word == &words[0]) return std::nullopt;
    }
    if (!text.empty()) return std::nullopt;
    return Platform{words[0], words[1], words[2]};
}

std::optional<Platform> platform_of(const Value::Members& members) {
    if (members.empty()) return std::nullopt;
    Platform platform;
    for (const auto& [name, value] : members) {
        std::string* place = name == "os"             ? &platform.os
                             : name == "architecture" ? &platform.architecture
                             : name == "variant"      ? &platform.variant
                                                      : nullptr;
        const auto* text = value.text();
        if (place == nullptr || text == nullptr || text->size() > LongestWord) return std::nullopt;
        *place = *text;
    }
    return platform;
}

Result<std::optional<Platform>> read_platform(const Value& object) {
    const auto* found = object.member("platform");
    if (found == nullptr) return std::optional<Platform>();
    std::optional<Platform> platform;
    if (found->text() != nullptr && found->text()->size() <= 3 * LongestWord) {
        platform = platform_of(*found->text());
    }
    if (found->members() != nullptr) platform = platform_of(*found->members());
    if (platform) return platform;
    return unexpected(object, "platform",
                      R"("OS/ARCHITECTURE[/VARIANT]" or {os, architecture, variant})");
}

/// The range of `semver ">=1.2 <2"`, with or without the marks, or of {"semver": ">=1.2 <2"}.
std::optional<std::string> range_text(const Value& found) {
    if (found.members() != nullptr) {
        const auto* semver = found.members()->size() == 1 ? found.member("semver") : nullptr;
        if (semver == nullptr || semver->text() == nullptr) return std::nullopt;
        return *semver->text();
    }
    const auto* text = found.text();
    if (text == nullptr || !text->starts_with("semver ")) return std::nullopt;
    auto range = text->substr(std::min(text->size(), text->find_first_not_of(' ', 6)));
    while (range.ends_with(' ')) range.pop_back();
    const bool marked = range.size() >= 2 && range.front() == range.back() &&
                        (range.front() == '"' || range.front() == '\'');
    return marked ? range.substr(1, range.size() - 2) : range;
}

Result<void> read_policy(const Value& object, TargetSpec& spec) {
    const auto* found = object.member("policy");
    if (found == nullptr) return {};
    const auto text = range_text(*found);
    if (!text || text->empty() || text->size() > SemverBytes) {
        return unexpected(object, "policy", R"(semver ">=1.2 <2" or {"semver": ">=1.2 <2"})");
    }
    auto range = Range::parse(*text);
    if (!range) return range.error().in("policy");
    spec.policy = std::move(*range);
    spec.policy_text = *text;
    if (spec.image.find_first_of(":@") == std::string::npos) return {};
    return Error{ErrorKind::Malformed,
                 "image names a tag or a digest and there is a policy, expected one of them"};
}

Result<void> read_texts(const Value& object, TargetSpec& spec) {
    auto image = read_text(object, "image", LongestImage);
    if (!image) return image.error();
    if (image->empty()) return unexpected(object, "image", "the name of an image");
    auto version = read_text(object, "version", LongestVersion);
    if (!version) return version.error();
    auto registry = read_text(object, "registry", 32);
    if (!registry) return registry.error();
    spec.image = std::move(*image);
    spec.version = std::move(*version);
    spec.registry = std::move(*registry);
    return {};
}

Result<TargetSpec> read_spec(const Value& object) {
    TargetSpec spec;
    if (auto checked = check_members(object); !checked) return checked.error();
    if (auto read = read_texts(object, spec); !read) return read.error();
    auto pull_policy = read_pull_policy(object);
    if (!pull_policy) return pull_policy.error();
    auto platform = read_platform(object);
    if (!platform) return platform.error();
    spec.pull_policy = *pull_policy;
    spec.platform = std::move(*platform);
    if (auto read = read_policy(object, spec); !read) return read.error();
    return spec;
}

}  // namespace

Result<TargetSpec> parse_target_spec(std::string_view text) {
    const auto object = parse_object(text, {LargestSpec, 4096, 16});
    if (!object) return object.error();
    return read_spec(*object);
}

}  // namespace ajour::oci
