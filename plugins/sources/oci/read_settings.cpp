// SPDX-License-Identifier: Apache-2.0
#include "read_settings.hpp"

#include <stdexcept>

namespace ajour::oci {

namespace {

/// "firmware.bin:firmware.json"
FilePair file_pair(const std::string& text) {
    const auto colon = text.find(':');
    if (colon == std::string::npos || colon == 0 || colon + 1 == text.size()) {
        throw std::runtime_error("source.oci.files: found \"" + text +
                                 "\", expected IMAGE:METADATA, as firmware.bin:firmware.json");
    }
    return {text.substr(0, colon), text.substr(colon + 1)};
}

std::uint64_t size_of(const sdk::Settings& settings, const char* key) {
    return static_cast<std::uint64_t>(settings.integer(key));
}

}  // namespace

Wishes read_wishes(const sdk::Settings& settings) {
    Wishes wishes;
    wishes.title = settings.text("title");
    wishes.media_types = settings.list("media_types");
    wishes.files.clear();
    for (const auto& pair : settings.list("files")) wishes.files.push_back(file_pair(pair));
    wishes.moving_tags = settings.list("moving_tags");
    wishes.limits.image_bytes = size_of(settings, "image.max");
    wishes.limits.stored_bytes = size_of(settings, "layers.max");
    wishes.limits.inflated_bytes = size_of(settings, "layers.inflated_max");
    wishes.limits.entries = size_of(settings, "layers.entries_max");
    return wishes;
}

ResolverLimits read_limits(const sdk::Settings& settings) {
    ResolverLimits limits;
    limits.freshness = {settings.duration("poll"), settings.duration("hook.interval")};
    limits.repository.tags = size_of(settings, "tags.max");
    limits.repository.requests = settings.duration("timeout.resolve");
    limits.repository.download = settings.duration("timeout.download");
    limits.references_max = size_of(settings, "references.max");
    limits.hold_same_version = settings.text("same_version") == "hold";
    return limits;
}

}  // namespace ajour::oci
