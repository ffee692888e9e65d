// SPDX-License-Identifier: Apache-2.0
// One comparator of a range, made into the one or two bounds that it means. Pure.
#pragma once

#include "content/semver.hpp"

#include <string_view>

namespace ajour::oci {

/// Adds the bounds of a comparator, none for one that takes any version; false when it is wrong.
bool add_comparator(std::string_view text, Bounds& to);

/// The operator in front, taken off the text; empty when there is none.
std::string_view take_operator(std::string_view& text);

}  // namespace ajour::oci
