// SPDX-License-Identifier: Apache-2.0
#include "archive/layer_archive.hpp"
#include "content/digest.hpp"
#include "content/file_pairs.hpp"
#include "content/found_release.hpp"
#include "content/layer_path.hpp"
#include "content/metadata_file.hpp"
#include "content/naming.hpp"
#include "content/scratch_file.hpp"

#include <algorithm>
#include <utility>

namespace ajour::oci {

using sdk::Error;
using sdk::ErrorKind;
using sdk::Result;
using State = WantedFile::State;

namespace {

/// A layer in a file, its size and its digest found right.
Result<ScratchFile> fetch_layer(const Descriptor& layer, Repository& repository,
                                const std::filesystem::path& image) {
    auto file =
        ScratchFile::create(beside(image, ".layer"), layer.size, "the layer", ErrorKind::Mismatch);
    if (!file) return file;
    if (auto fetched = repository.blob(layer, *file, 0); !fetched) return fetched.error();
    if (file->size() != layer.size) {
        return Error{ErrorKind::Mismatch, "the layer has " + std::to_string(file->size()) +
                                              " bytes, its manifest says " +
                                              std::to_string(layer.size)};
    }
    const auto digest = digest_text(file->finish());
    if (digest == layer.digest) return file;
    return Error{ErrorKind::Mismatch, "the layer has the digest " + digest};
}

std::string prefix_of(const Descriptor& layer) {
    const auto title =
        path_in_image(annotation(layer.annotations, "org.opencontainers.image.title"));
    return title ? *title : std::string();
}

Result<void> search_image(const FoundRelease& found, Repository& repository,
                          const std::filesystem::path& image, const ContentLimits& limits,
                          Pairs& pairs) {
    InflateBudget budget{limits.entries, limits.inflated_bytes, limits.ratio};
    auto stored = limits.stored_bytes;
    for (auto layer = found.layers.rbegin(); layer != found.layers.rend(); ++layer) {
        if (pairs.is_settled()) break;
        const auto in_layer = [&](const Error& error) {
            return error.in("layer " + layer->digest);
        };
        if (layer->size > stored) {
            return in_layer(
                {ErrorKind::Refused,
                 "the layers have more than " + std::to_string(limits.stored_bytes) + " bytes"});
        }
        stored -= layer->size;
        const auto file = fetch_layer(*layer, repository, image);
        if (!file) return in_layer(file.error());
        auto archive = LayerArchive::open(file->descriptor(), image.parent_path(), budget);
        if (!archive) return in_layer(archive.error());
        auto searched = search_layer(*archive, prefix_of(*layer), pairs.wanted);
        if (!searched) return in_layer(searched.error());
    }
    return {};
}

Error nothing_found(const Pairs& pairs, std::size_t layers) {
    std::string text = "no firmware in the files of " + std::to_string(layers) + " layers:";
    for (std::size_t i = 0; i < pairs.wanted.size(); ++i) {
        const auto& file = pairs.wanted[i];
        if (file.state == State::Found) continue;
        text += (text.back() == ':' ? " " : ", ") + file.path + " ";
        text += file.reason.empty() ? "is not there" : file.reason;
    }
    return {ErrorKind::Mismatch, text};
}

Result<std::string> version_of(FoundRelease found, const MetadataFile& metadata,
                               const sdk::Sha256& sha256, Repository& repository,
                               const Wishes& wishes) {
    found.words.metadata = metadata.version;
    found.words.firmware_hex = sha256.hex();
    return complete_name(found, repository, wishes);
}

}  // namespace

Result<ExtractedFiles> extract_files(const FoundRelease& found, Repository& repository,
                                     const Wishes& wishes, const std::filesystem::path& image) {
    Pairs pairs(wishes, image);
    auto searched = search_image(found, repository, image, wishes.limits, pairs);
    if (!searched) return searched.error();
    std::size_t pair = 0;
    while (pair < pairs.count() && !pairs.is_found(pair)) ++pair;
    if (pair == pairs.count()) return nothing_found(pairs, found.layers.size());

    const auto& names = wishes.files[pair];
    const auto metadata = parse_metadata_file(pairs.metadata(pair));
    if (!metadata) return metadata.error().in(names.metadata);
    auto& file = pairs.image(pair);
    ExtractedFiles extracted{{}, file.size(), file.finish()};
    const auto compared = compare(*metadata, extracted.size, extracted.sha256);
    if (!compared) return compared.error().in(names.image);
    auto version = version_of(found, *metadata, extracted.sha256, repository, wishes);
    if (!version) return version.error();
    extracted.version = std::move(*version);
    if (auto kept = file.keep_as(image); !kept) return kept.error();
    return extracted;
}

}  // namespace ajour::oci
