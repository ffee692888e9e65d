// SPDX-License-Identifier: Apache-2.0
// What can be said before any command, and how a command fails.
#pragma once

#include <ajour/sdk/result.hpp>

#include <stdexcept>
#include <string>
#include <utility>
#include <vector>

namespace ajour::cli {

/// Filled in by the parser before a command runs.
struct Options {
    std::string config;            ///< the properties file; empty: the usual places
    std::vector<std::string> set;  ///< key=value, over the file
    std::string server;            ///< URL of the admin server; empty: as the properties file says
    std::string token_file;  ///< empty: AJOUR_ADMIN_TOKEN, or admin.token in the state directory
    bool json = false;       ///< print for machines
};

/// Ends the program with exit code 1 after printing its sentence. Thrown by commands, caught in
/// main.
struct Failure : std::runtime_error {
    using std::runtime_error::runtime_error;
};

/// The value, or a Failure with the error's text.
template <typename T>
T or_fail(sdk::Result<T> result) {
    if (!result) throw Failure(result.error().text);
    if constexpr (!std::is_void_v<T>) return std::move(result).value();
}

}  // namespace ajour::cli
