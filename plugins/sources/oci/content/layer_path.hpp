// SPDX-License-Identifier: Apache-2.0
// What the path of an entry in a layer means (image-spec, layer.md). Pure.
#pragma once

#include <ajour/sdk/result.hpp>

#include <string>
#include <string_view>

namespace ajour::oci {

/// An entry's path within the image: without "./", "//" and "/" in front; empty for the root.
/// Malformed: it has a ".." in it.
sdk::Result<std::string> path_in_image(std::string_view path);

/// What an entry takes away of the layers below.
struct Whiteout {
    std::string path;     ///< empty: the root
    bool opaque = false;  ///< all that is in the directory `path`, instead of `path` itself
    bool is = false;      ///< whether the entry is a whiteout at all
};

Whiteout whiteout_of(const std::string& path);

/// Whether `path` lies in the directory.
bool lies_in(std::string_view path, std::string_view directory);

}  // namespace ajour::oci
