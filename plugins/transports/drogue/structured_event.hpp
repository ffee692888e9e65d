// SPDX-License-Identifier: Apache-2.0
// CloudEvents in their JSON format ("structured mode"), read without building a document.
#pragma once

#include <ajour/sdk/result.hpp>

#include "cloud_event.hpp"
#include "route.hpp"

#include <cstdint>
#include <string_view>

namespace ajour::drogue {

/// What came of reading.
enum class Reading : std::uint8_t { Event, NotOfInterest };

/// Fills `event` from one JSON text. Reads over whatever is in it, and keeps what CloudEvent has;
/// it stops at a subject that no route is for. Malformed says what is wrong, and repeats nothing of
/// the text. Data that is a JSON object or array becomes `content` as compact JSON, unless it is an
/// uplink of The Things Stack.
sdk::Result<Reading> read_structured(std::string_view json, const Routes& routes,
                                     CloudEvent& event);

/// The same for data alone that is JSON, as it comes in binary mode.
sdk::Result<Reading> read_json_data(sdk::ByteView json, CloudEvent& event);

}  // namespace ajour::drogue
