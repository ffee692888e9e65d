// SPDX-License-Identifier: Apache-2.0
#include "target.hpp"

#include "json.hpp"

namespace ajour::hawkbit {

using sdk::Result;

namespace {

constexpr const char* Place = "spec.firmware.hawkbit";
constexpr std::size_t LongestText = 256;

/// Fills `text`; absent leaves it empty, an empty text is a mistake.
Result<void> read(const Json& object, const char* name, std::string& text) {
    auto found = text_member(object, name, LongestText);
    if (!found) return found.error().in(Place);
    if (!*found) return {};
    if ((*found)->empty()) return malformed(std::string(name) + " is empty").in(Place);
    text = std::move(**found);
    return {};
}

Result<void> check_members(const Json& object) {
    for (const auto& [name, value] : object.items()) {
        if (value.is_null() || (name != "controller" && name != "tenant")) {
            return malformed("\"" + printable(name, 40) +
                             "\" is there, expected controller and tenant as texts at most")
                .in(Place);
        }
    }
    return {};
}

}  // namespace

Result<TargetSpec> parse_target(std::string_view spec) {
    constexpr std::size_t longest_spec = 4096;
    if (spec.size() > longest_spec) return malformed("is longer than 4096 bytes").in(Place);
    const auto object = parse_object(spec);
    if (!object) return object.error().in(Place);
    if (auto checked = check_members(*object); !checked) return checked.error();
    TargetSpec target;
    if (auto done = read(*object, "controller", target.controller); !done) return done.error();
    if (auto done = read(*object, "tenant", target.tenant); !done) return done.error();
    return target;
}

}  // namespace ajour::hawkbit
