// SPDX-License-Identifier: Apache-2.0
// The text by which an offer says where its image is. Pure.
#pragma once

#include <ajour/sdk/result.hpp>

#include <cstdint>
#include <string>
#include <string_view>

namespace ajour::oci {

struct Origin {
    bool in_files = false;   ///< in the files of a container image, else a blob
    std::string registry;    ///< name of the OCI registry; empty: the default one
    std::string repository;  ///< "acme/fw"
    std::string digest;      ///< of the blob, or of the container image's manifest
    std::uint64_t size = 0;  ///< of the firmware

    std::string text() const;
    friend bool operator==(const Origin&, const Origin&) = default;
};

/// Malformed: `text` is none that Origin::text gives.
sdk::Result<Origin> parse_origin(std::string_view text);

}  // namespace ajour::oci
