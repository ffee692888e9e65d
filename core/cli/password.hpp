// SPDX-License-Identifier: Apache-2.0
// Where a new device's password comes from: never from the command line, which other users can
// read.
#pragma once

#include "json/json.hpp"

#include <optional>
#include <string>

namespace CLI {
class App;
}

namespace ajour::cli {

/// Filled in by the parser; at most one of them.
struct PasswordOptions {
    std::string file;
    bool standard_input = false;
    bool generate = false;
};

/// Adds --password-file, --password-stdin and --generate-password.
void add_password_options(CLI::App& command, PasswordOptions& options);

/// The first line of the file or of standard input; absent when neither was asked for.
std::optional<std::string> read_password(const PasswordOptions& options);

/// 32 hexadecimal digits that nobody can guess.
std::string generate_password();

/// An entry of `spec.authentication.credentials` that holds a bcrypt hash of the password.
Json credential_of(const std::string& password);

}  // namespace ajour::cli
