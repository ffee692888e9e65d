// SPDX-License-Identifier: Apache-2.0
// Fetches a secret from where its setting says it is. Nothing it fetched stands in its errors.
#pragma once

#include <ajour/sdk/result.hpp>

#include <filesystem>
#include <string>
#include <string_view>

namespace ajour::settings {

/// `file:PATH` is the file's text without its last line end (at most 64 KiB; relative to `base`),
/// `env:NAME` the variable's text; anything else stands for itself.
sdk::Result<std::string> resolve_secret(std::string_view text, const std::filesystem::path& base);

/// The file of a `file:PATH`; empty for anything else.
std::filesystem::path file_of_secret(std::string_view text, const std::filesystem::path& base);
sdk::Result<std::string> read_secret(const std::filesystem::path& file);

}  // namespace ajour::settings
