// SPDX-License-Identifier: Apache-2.0
#include "settings/secret.hpp"

#include <cerrno>
#include <cstdlib>
#include <cstring>
#include <fstream>
#include <utility>

namespace ajour::settings {

using sdk::Error;
using sdk::ErrorKind;
using sdk::Result;

namespace {

constexpr std::size_t secret_bytes_max = 64 * 1024;
constexpr std::string_view file_scheme = "file:";

/// Editors, and `kubectl create secret --from-file`, leave a line end that is no part of the
/// secret.
std::string without_line_end(std::string text) {
    if (text.ends_with('\n')) text.pop_back();
    if (text.ends_with('\r')) text.pop_back();
    return text;
}

}  // namespace

Result<std::string> read_secret(const std::filesystem::path& path) {
    std::error_code code;
    if (std::filesystem::is_directory(path, code)) {
        return Error{ErrorKind::Malformed, path.string() + " is a directory, expected a file"};
    }
    errno = 0;
    std::ifstream file(path, std::ios::binary);
    if (!file) {
        return Error{ErrorKind::NotFound, "reading the secret's file " + path.string() + ": " +
                                              std::strerror(errno == 0 ? EIO : errno)};
    }
    std::string text(secret_bytes_max + 1, '\0');
    file.read(text.data(), static_cast<std::streamsize>(text.size()));
    text.resize(static_cast<std::size_t>(file.gcount()));
    if (text.size() > secret_bytes_max) {
        return Error{ErrorKind::Malformed, "the secret's file " + path.string() +
                                               " is longer than the expected 64 KiB at most"};
    }
    return without_line_end(std::move(text));
}

std::filesystem::path file_of_secret(std::string_view text, const std::filesystem::path& base) {
    return text.starts_with(file_scheme) ? base / text.substr(file_scheme.size())
                                         : std::filesystem::path();
}

Result<std::string> resolve_secret(std::string_view text, const std::filesystem::path& base) {
    if (text.starts_with(file_scheme)) return read_secret(file_of_secret(text, base));
    if (!text.starts_with("env:")) return std::string(text);
    const std::string name(text.substr(4));
    const char* found = std::getenv(name.c_str());
    if (found != nullptr) return without_line_end(found);
    return Error{ErrorKind::NotFound, "the secret's environment variable " + name + " is not set"};
}

}  // namespace ajour::settings
