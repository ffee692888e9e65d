// SPDX-License-Identifier: Apache-2.0
#include "content/index_choice.hpp"

#include "json/value.hpp"

#include <algorithm>
#include <utility>

namespace ajour::oci {

using sdk::Error;
using sdk::ErrorKind;
using sdk::Result;

namespace {

constexpr std::size_t ChoicesBytes = 300;

bool is_firmware(const Descriptor& entry) {
    if (annotation(entry.annotations, "vnd.docker.reference.type") == "attestation-manifest") {
        return false;
    }
    return !entry.platform || entry.platform->os != "unknown" ||
           entry.platform->architecture != "unknown";
}

std::string text_of(const Platform& platform) {
    auto text = platform.os + "/" + platform.architecture;
    return platform.variant.empty() ? text : text + "/" + platform.variant;
}

std::string choices_of(const std::vector<Descriptor>& entries) {
    std::string text;
    for (const auto& entry : entries) {
        if (!text.empty()) text += ", ";
        text += entry.platform ? text_of(*entry.platform) : "no platform";
    }
    return printable(text, ChoicesBytes);
}

bool agrees(const std::string& wished, const std::string& said) {
    return wished.empty() || wished == said;
}

bool is_for(const Descriptor& entry, const Platform& wished) {
    return entry.platform && agrees(wished.os, entry.platform->os) &&
           agrees(wished.architecture, entry.platform->architecture) &&
           agrees(wished.variant, entry.platform->variant);
}

/// One manifest may be listed more than once.
bool is_one(const std::vector<Descriptor>& entries) {
    return !entries.empty() && std::all_of(entries.begin(), entries.end(), [&](const auto& entry) {
        return entry.digest == entries.front().digest;
    });
}

std::vector<Descriptor> matching(const std::vector<Descriptor>& entries, const Platform& wished) {
    std::vector<Descriptor> found;
    for (const auto& entry : entries) {
        if (is_for(entry, wished)) found.push_back(entry);
    }
    const auto exact = std::find_if(found.begin(), found.end(),
                                    [&](const auto& entry) { return *entry.platform == wished; });
    if (exact != found.end()) return {*exact};
    return found;
}

}  // namespace

Result<Descriptor> choose_entry(const Index& index, const std::optional<Platform>& wished) {
    std::vector<Descriptor> entries;
    std::copy_if(index.manifests.begin(), index.manifests.end(), std::back_inserter(entries),
                 is_firmware);
    if (is_one(entries)) return std::move(entries.front());
    if (entries.empty()) {
        return Error{ErrorKind::Mismatch, "the index names no manifest besides attestations"};
    }
    const auto choices = "the index is for " + choices_of(entries);
    if (!wished) return Error{ErrorKind::Mismatch, choices + ": the target has to say a platform"};
    auto found = matching(entries, *wished);
    if (is_one(found)) return std::move(found.front());
    const auto* what = found.empty() ? ", not for " : ", more than one of it for ";
    return Error{ErrorKind::Mismatch, choices + what + printable(text_of(*wished))};
}

}  // namespace ajour::oci
