// SPDX-License-Identifier: Apache-2.0
// The fields of a status as the wire names and numbers them, and its two formats. For this folder
// only.
#pragma once

#include <ajour/sdk/bytes.hpp>
#include <ajour/sdk/result.hpp>

#include "protocol/status.hpp"

#include <array>
#include <cstddef>
#include <span>
#include <string>
#include <string_view>

namespace ajour::protocol {

/// A struct of the wire: a field's place in `fields` is its packed key and its place in an array.
struct Shape {
    std::string_view name;
    std::span<const std::string_view> fields;
    std::size_t required;  ///< that many of the first fields must be there
};

inline constexpr std::array<std::string_view, 4> status_fields = {"version", "mtu",
                                                                  "correlation_id", "update"};
inline constexpr std::array<std::string_view, 2> update_fields = {"version", "offset"};

inline constexpr Shape status_shape = {"status", status_fields, 1};
inline constexpr Shape update_shape = {"update", update_fields, 2};

enum StatusField : std::size_t { StatusVersion, StatusMtu, StatusCorrelationId, StatusUpdate };
enum UpdateField : std::size_t { UpdateVersion, UpdateOffset };

inline constexpr std::string_view expected_number = "a whole number from 0 to 4294967295";
inline constexpr std::string_view expected_byte = "a byte from 0 to 255";
inline constexpr std::string_view expected_version = "a version of at most 255 bytes";

/// "a map of fields, or an array of 4".
inline std::string expected_struct(const Shape& shape) {
    return "a map of fields, or an array of " + std::to_string(shape.fields.size());
}

sdk::Result<Status> decode_status_cbor(sdk::ByteView bytes);
sdk::Result<Status> decode_status_json(sdk::ByteView bytes);

}  // namespace ajour::protocol
