// SPDX-License-Identifier: Apache-2.0
#include "cli/password.hpp"

#include "cli/options.hpp"
#include "digest/password.hpp"
#include "digest/random.hpp"

#include <CLI/CLI.hpp>

#include <fstream>
#include <iostream>

namespace ajour::cli {

namespace {

constexpr std::size_t longest_line = 1024;

std::string first_line(std::istream& stream, const std::string& name) {
    std::string line;
    char byte = 0;
    while (stream.get(byte) && byte != '\n') {
        if (line.size() == longest_line)
            throw Failure(name + ": the first line is too long for a password");
        line.push_back(byte);
    }
    if (line.ends_with('\r')) line.pop_back();
    if (line.empty()) throw Failure(name + ": the first line is empty, expected a password");
    return line;
}

}  // namespace

void add_password_options(CLI::App& command, PasswordOptions& options) {
    auto* group = command.add_option_group("password");
    group->add_option("--password-file", options.file, "file whose first line is the password");
    group->add_flag("--password-stdin", options.standard_input,
                    "read the password from standard input");
    group->add_flag("--generate-password", options.generate, "make one and print it");
    group->require_option(0, 1);
}

std::optional<std::string> read_password(const PasswordOptions& options) {
    if (options.standard_input) return first_line(std::cin, "standard input");
    if (options.file.empty()) return std::nullopt;
    std::ifstream file(options.file, std::ios::binary);
    if (!file) throw Failure("cannot read " + options.file);
    return first_line(file, options.file);
}

std::string generate_password() {
    std::string text;
    for (const auto byte : digest::random_bytes(16)) {
        constexpr char digits[] = "0123456789abcdef";
        text.push_back(digits[byte >> 4]);
        text.push_back(digits[byte & 15]);
    }
    return text;
}

Json credential_of(const std::string& password) {
    return {{"pass", {{"bcrypt", or_fail(digest::hash_password(password))}}}};
}

}  // namespace ajour::cli
