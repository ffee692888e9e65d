// SPDX-License-Identifier: Apache-2.0
// Writes a small secret to disk. Knows not what it is.
#pragma once

#include <ajour/sdk/result.hpp>

#include <filesystem>
#include <string_view>

namespace ajour::store {

/// The file has all of the text or is what it was, at any crash; mode 0600 from its first moment.
/// Errors name the file, never the text.
sdk::Result<void> replace_private_file(const std::filesystem::path& file, std::string_view text);

}  // namespace ajour::store
