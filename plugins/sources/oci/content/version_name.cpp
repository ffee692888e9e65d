// SPDX-License-Identifier: Apache-2.0
#include "content/version_name.hpp"

#include <algorithm>
#include <array>

namespace ajour::oci {

using sdk::Error;
using sdk::ErrorKind;
using sdk::Result;

namespace {

constexpr std::size_t RevisionDigits = 12;
constexpr std::size_t FirmwareDigits = 9;  // with "sha256-" the 16 bytes that stock devices hold

constexpr std::array StepNames = {"the target's version",
                                  "the metadata file's version",
                                  "org.opencontainers.image.version",
                                  "the version label of the image's config",
                                  "the tag",
                                  "org.opencontainers.image.revision",
                                  "another tag",
                                  "the firmware's digest"};

char lower(char c) {
    return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c;
}

bool same_word(std::string_view a, std::string_view b) {
    return std::equal(a.begin(), a.end(), b.begin(), b.end(),
                      [](char x, char y) { return lower(x) == lower(y); });
}

}  // namespace

bool is_moving(std::string_view tag, const std::vector<std::string>& moving_tags) {
    return std::any_of(moving_tags.begin(), moving_tags.end(),
                       [&](const auto& moving) { return same_word(tag, moving); });
}

Result<VersionName> name_version(const VersionWords& words,
                                 const std::vector<std::string>& moving_tags) {
    const auto digest = words.firmware_hex.empty()
                            ? std::string()
                            : "sha256-" + words.firmware_hex.substr(0, FirmwareDigits);
    const std::array<std::string, StepNames.size()> steps = {
        words.wished,
        words.metadata,
        words.annotation,
        words.label,
        is_moving(words.tag, moving_tags) ? std::string() : words.tag,
        words.revision.substr(0, RevisionDigits),
        words.other_tag,
        digest};
    const auto named = std::find_if(steps.begin(), steps.end(), [](auto& s) { return !s.empty(); });
    if (named == steps.end()) return Error{ErrorKind::Malformed, "nothing names its version"};
    const auto at = static_cast<std::size_t>(named - steps.begin());
    if (named->size() <= VersionBytes) return VersionName{*named, VersionStep(at + 1)};
    return Error{ErrorKind::Malformed, "naming the version: " + std::string(StepNames[at]) +
                                           " has " + std::to_string(named->size()) +
                                           " bytes, at most " + std::to_string(VersionBytes)};
}

}  // namespace ajour::oci
