// SPDX-License-Identifier: Apache-2.0
// Small files of the operator's.
#pragma once

#include <ajour/sdk/result.hpp>

#include <cstddef>
#include <filesystem>
#include <string>

namespace ajour::oci {

/// The content of a file of at most `most` bytes. Unavailable: it cannot be read; Malformed: it is
/// larger. The text names the file.
sdk::Result<std::string> read_text_file(const std::filesystem::path& file, std::size_t most);

}  // namespace ajour::oci
