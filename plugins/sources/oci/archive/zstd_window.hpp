// SPDX-License-Identifier: Apache-2.0
// How much memory a file in zstd wants for being read (RFC 8878, section 3.1.1.1.2): libzstd grants
// up to 128 MiB, and libarchive cannot tell it to grant less.
#pragma once

#include <ajour/sdk/result.hpp>

#include <cstdint>

namespace ajour::oci {

/// The largest window of all its frames, in bytes. Malformed: it is no zstd, or is cut.
sdk::Result<std::uint64_t> largest_window(int file);

}  // namespace ajour::oci
