// SPDX-License-Identifier: Apache-2.0
#include "store/trust_anchors.hpp"

#include "certificates/certificates.hpp"

#include <algorithm>
#include <cstddef>

namespace ajour::store {

using sdk::Error;
using sdk::ErrorKind;
using sdk::Result;

namespace {

constexpr std::size_t anchors_max = 16;
constexpr std::size_t name_max = 255;  // as for a device's

Error malformed(std::string text) {
    return {ErrorKind::Malformed, std::move(text)};
}

Result<void> add_names(const Json& anchor, std::vector<std::string>& names) {
    const auto read = certificates::names_in(json::text(anchor, "certificate"));
    if (!read) return read.error();
    for (const auto& each : *read) {
        if (each.subject.empty() || each.subject.size() > name_max) {
            return malformed("a subject of " + std::to_string(each.subject.size()) +
                             " bytes, expected 1 to 255");
        }
        names.push_back(each.subject);
    }
    return {};
}

}  // namespace

Result<std::vector<std::string>> anchor_names_in(const Json& spec) {
    std::vector<std::string> names;
    const auto* section = json::member(spec, "trustAnchors");
    if (section == nullptr || section->is_null()) return names;
    const auto* anchors = json::member(*section, "anchors");
    if (anchors == nullptr || !anchors->is_array() || anchors->size() > anchors_max) {
        return malformed("spec.trustAnchors.anchors is no array of at most 16");
    }
    for (std::size_t i = 0; i < anchors->size(); ++i) {
        if (auto added = add_names((*anchors)[i], names); !added) {
            return added.error().in("spec.trustAnchors.anchors[" + std::to_string(i) +
                                    "].certificate");
        }
    }
    std::ranges::sort(names);
    names.erase(std::unique(names.begin(), names.end()), names.end());
    return names;
}

}  // namespace ajour::store
