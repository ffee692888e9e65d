// SPDX-License-Identifier: Apache-2.0
// A device's or application's object as the cloud gives it. Pure.
#pragma once

#include <ajour/sdk/result.hpp>

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

namespace ajour::drogue_registry {

struct Record {
    std::string text;     ///< the whole object
    std::string name;     ///< metadata.name
    std::string version;  ///< metadata.resourceVersion; empty: another one than we know
};

/// Malformed: it is no object with a metadata.name.
sdk::Result<Record> read_record(std::string_view json);

/// A list of at most `max` of them.
sdk::Result<std::vector<Record>> read_records(std::string_view json, std::size_t max);

/// Whether the two differ in what a device runs, shows or is: all but the status, and what the
/// cloud counts.
bool differ_for_host(const Record& one, const Record& other);

/// `status.firmware`; empty when there is none.
std::string_view firmware_of(const Record& record);

/// The record's text with another `status.firmware`, and else as it was.
std::string with_firmware(const Record& record, std::string_view firmware);

}  // namespace ajour::drogue_registry
