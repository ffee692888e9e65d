// SPDX-License-Identifier: Apache-2.0
// Which manifest of an index is meant. Pure.
#pragma once

#include <ajour/sdk/result.hpp>

#include "content/manifest.hpp"

#include <optional>

namespace ajour::oci {

/// The only manifest that is neither an attestation nor for the platform unknown/unknown; of
/// several, the one for the wished platform. Mismatch names the choices.
sdk::Result<Descriptor> choose_entry(const Index& index, const std::optional<Platform>& wished);

}  // namespace ajour::oci
