// SPDX-License-Identifier: Apache-2.0
// Reads descriptors and annotations from parsed JSON. Pure.
#pragma once

#include <ajour/sdk/result.hpp>

#include "content/descriptor.hpp"
#include "json/value.hpp"

#include <cstddef>

namespace ajour::oci {

inline constexpr std::size_t MediaTypeBytes = 255;

/// Malformed names the member, what was found and what was expected.
sdk::Result<Descriptor> read_descriptor(const Value& value);

/// The member `annotations` of an object, the empty ones left out.
sdk::Result<Annotations> read_annotations(const Value& object);

}  // namespace ajour::oci
