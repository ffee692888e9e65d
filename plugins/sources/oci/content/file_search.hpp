// SPDX-License-Identifier: Apache-2.0
// Finds files in the layers of a container image, which are shown to it from the top down: the
// first layer that has a file, or takes it away, settles it. Most layers are never fetched that
// way.
#pragma once

#include <ajour/sdk/bytes.hpp>
#include <ajour/sdk/result.hpp>

#include "archive/layer_archive.hpp"

#include <cstdint>
#include <string>
#include <vector>

namespace ajour::oci {

/// Where the bytes of a wanted file go.
class FileSink : public sdk::ByteSink {
public:
    /// Empty again: a later entry of the same path takes the place of an earlier one.
    virtual sdk::Result<void> restart() = 0;
};

struct WantedFile {
    enum class State : std::uint8_t {
        Open,   ///< no layer so far had it or took it away
        Found,  ///< its bytes are in the sink
        Gone    ///< a layer took it away, or has something else than a file in its place
    };
    std::string path;  ///< in the image
    FileSink* sink = nullptr;
    State state = State::Open;
    std::string reason;  ///< why it is Gone
};

/// Looks through one layer, the one below those that were looked through before. `prefix` is taken
/// off the paths of its entries (the directory that oras packed).
sdk::Result<void> search_layer(LayerArchive& layer, const std::string& prefix,
                               std::vector<WantedFile>& wanted);

}  // namespace ajour::oci
