// SPDX-License-Identifier: Apache-2.0
#include "content/found_release.hpp"

#include "content/digest.hpp"
#include "content/index_choice.hpp"
#include "content/layer_choice.hpp"
#include "content/manifest.hpp"
#include "content/naming.hpp"
#include "content/small_content.hpp"

#include <algorithm>
#include <utility>

namespace ajour::oci {

using sdk::Error;
using sdk::ErrorKind;
using sdk::Result;

namespace {

constexpr int IndexesMax = 3;     // one below the other
constexpr int BeginningsMax = 4;  // of layers whose kind only their bytes tell
constexpr std::uint64_t LargestImage = UINT32_MAX;
constexpr const char* VersionAnnotation = "org.opencontainers.image.version";
constexpr const char* RevisionAnnotation = "org.opencontainers.image.revision";

/// Remembers the word that was said by the innermost of layer, manifest and index.
void keep(std::string& word, const Annotations& annotations, const char* name) {
    if (word.empty()) word = annotation(annotations, name);
}

void keep_words(FoundRelease& found, const Annotations& annotations) {
    keep(found.words.annotation, annotations, VersionAnnotation);
    keep(found.words.revision, annotations, RevisionAnnotation);
    keep(found.created, annotations, "org.opencontainers.image.created");
}

/// The manifest that a document leads to, and the annotations on the way, innermost first.
struct Path {
    Manifest manifest;
    std::string digest;
    std::vector<Annotations> annotations;
};

Result<Path> follow(const Document& document, Repository& repository, const Wishes& wishes,
                    int deeper) {
    auto parsed = parse_document(document);
    if (!parsed) return parsed.error().in(document.digest);
    if (auto* manifest = std::get_if<Manifest>(&*parsed)) {
        auto own = manifest->annotations;
        return Path{std::move(*manifest), document.digest, {std::move(own)}};
    }
    auto& index = std::get<Index>(*parsed);
    if (deeper == 0) return Error{ErrorKind::Malformed, "too many indexes, one below the other"};
    const auto entry = choose_entry(index, wishes.platform);
    if (!entry) return entry.error();
    const auto child = repository.manifest(entry->digest);
    if (!child) return child.error().in("the manifest that the index names");
    auto path = follow(*child, repository, wishes, deeper - 1);
    if (!path) return path;
    path->annotations.push_back(entry->annotations);
    path->annotations.push_back(std::move(index.annotations));
    return path;
}

Result<std::vector<LayerKind>> kinds_of(const std::vector<Descriptor>& layers,
                                        Repository& repository) {
    std::vector<LayerKind> kinds;
    int asked = 0;
    for (const auto& layer : layers) {
        auto kind = kind_of(layer);
        if (kind == LayerKind::Unclear && asked++ < BeginningsMax) {
            const auto beginning = beginning_of(repository, layer, TarBeginning);
            if (!beginning) return beginning.error().in("layer " + layer.digest);
            const bool tar = begins_like_tar(*beginning, layer.media_type);
            kind = tar ? LayerKind::Tar : LayerKind::Raw;
        }
        kinds.push_back(kind == LayerKind::Unclear ? LayerKind::Tar : kind);
    }
    return kinds;
}

Result<void> check_size(const Descriptor& firmware, const ContentLimits& limits) {
    const auto largest = std::min(limits.image_bytes, LargestImage);
    if (firmware.size >= 1 && firmware.size <= largest) return {};
    return Error{ErrorKind::Refused, "the firmware has " + std::to_string(firmware.size) +
                                         " bytes, expected 1 to " + std::to_string(largest)};
}

/// Either the layer that is the firmware, or those that may have it in their files.
Result<void> take_layers(FoundRelease& found, std::vector<Descriptor> layers,
                         const std::vector<LayerKind>& kinds, const Wishes& wishes) {
    auto firmware = choose_layer(layers, kinds, wishes);
    if (!firmware) return firmware.error();
    if (*firmware) {
        if (auto size = check_size(**firmware, wishes.limits); !size) return size;
        keep_words(found, (*firmware)->annotations);
        found.words.firmware_hex = hex_of((*firmware)->digest);
        found.layers = {std::move(**firmware)};
        return {};
    }
    found.in_files = true;
    for (std::size_t i = 0; i < layers.size(); ++i) {
        if (kinds[i] == LayerKind::Tar) found.layers.push_back(std::move(layers[i]));
    }
    return {};
}

}  // namespace

Result<FoundRelease> find_release(const Document& document, Repository& repository,
                                  const Wishes& wishes) {
    auto path = follow(document, repository, wishes, IndexesMax);
    if (!path) return path.error();
    FoundRelease found;
    found.manifest = path->digest;
    if (path->digest != document.digest) found.index = document.digest;
    found.config = std::move(path->manifest.config);
    found.words.wished = wishes.version;
    found.words.tag = wishes.tag;

    const auto kinds = kinds_of(path->manifest.layers, repository);
    if (!kinds) return kinds.error();
    auto taken = take_layers(found, std::move(path->manifest.layers), *kinds, wishes);
    if (!taken) return taken.error();
    for (const auto& annotations : path->annotations) keep_words(found, annotations);
    if (found.in_files) return found;
    auto version = complete_name(found, repository, wishes);
    if (!version) return version.error();
    found.version = std::move(*version);
    return found;
}

}  // namespace ajour::oci
