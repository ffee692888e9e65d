// SPDX-License-Identifier: Apache-2.0
#include <ajour/sdk/plugin.hpp>
#include <ajour/sdk/settings.hpp>

#include "file_source.hpp"

namespace {

// clang-format off
constexpr ajour_setting_row rows[] = {
    ajour::sdk::path_setting("root", "./var/releases",
        "Directory of NAME.json and NAME.bin, where `ajour firmware publish` puts releases."),
    ajour::sdk::size_setting("image.max", "64MiB", 1, 4294967295,
        "Largest image; a larger one is refused before it is read."),
    ajour::sdk::end_of_settings,
};
// clang-format on

using FileSource = ajour::file::FileSource;

}  // namespace

AJOUR_PLUGIN(FileSource, "1.0.0", "Releases from a directory of files", rows);
