// SPDX-License-Identifier: Apache-2.0
// Which layer of a manifest is the firmware, or whether firmware is in the files of its layers.
// Pure.
#pragma once

#include <ajour/sdk/result.hpp>

#include "content/descriptor.hpp"
#include "content/found_release.hpp"

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string_view>
#include <vector>

namespace ajour::oci {

/// What a layer is as far as its descriptor tells.
enum class LayerKind : std::uint8_t {
    Raw,     ///< one file
    Tar,     ///< files
    Unclear  ///< said to be tar, but titled: oras says that of any file; its bytes have to tell
};

LayerKind kind_of(const Descriptor& layer);

/// Whether a layer's first bytes are those of a tar archive, or of a compressed one where the media
/// type says so.
inline constexpr std::size_t TarBeginning = 512;
bool begins_like_tar(std::string_view bytes, std::string_view media_type);

/// The layer that is the firmware, `kinds` telling of each what it is by now: by the configured
/// title, the title firmware.bin, a configured media type, application/octet-stream, or because it
/// is the only raw one. Nothing: the firmware is in files. Mismatch: there is none, or several and
/// nothing to choose by. Refused: they are encrypted.
sdk::Result<std::optional<Descriptor>> choose_layer(const std::vector<Descriptor>& layers,
                                                    const std::vector<LayerKind>& kinds,
                                                    const Wishes& wishes);

}  // namespace ajour::oci
