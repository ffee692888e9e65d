// SPDX-License-Identifier: Apache-2.0
// Small blobs, from where they cost least.
#pragma once

#include <ajour/sdk/result.hpp>

#include "content/repository.hpp"

#include <cstddef>
#include <string>

namespace ajour::oci {

/// A blob of at most `max` bytes: its descriptor's own copy when that is the blob, else the OCI
/// registry's.
sdk::Result<std::string> small_content(Repository& repository, const Descriptor& blob,
                                       std::size_t max);

/// At least the first `wanted` bytes of a blob, or all of it; the digest is not compared.
sdk::Result<std::string> beginning_of(Repository& repository, const Descriptor& blob,
                                      std::size_t wanted);

}  // namespace ajour::oci
