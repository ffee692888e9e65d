// SPDX-License-Identifier: Apache-2.0
#include "file_source.hpp"

#include <algorithm>
#include <array>
#include <system_error>

namespace ajour::file {

using sdk::Error;
using sdk::ErrorKind;
using sdk::Result;

namespace {

constexpr std::size_t PieceBytes = 64 * 1024;

Error replaced(const std::string& name, const std::string& what) {
    return {ErrorKind::Unavailable,
            name + " is being replaced, or its two files do not belong together: " + what};
}

Result<void> stream(const OpenFile& image, sdk::ByteSink& sink, std::uint64_t from) {
    sdk::Bytes piece(PieceBytes);
    while (from < image.size()) {
        const auto length = std::min<std::uint64_t>(piece.size(), image.size() - from);
        const auto got = image.read(std::span(piece).first(length), from);
        if (!got) return got.error();
        if (*got < length) {
            return Error{ErrorKind::Mismatch, "ended at byte " + std::to_string(from + *got) +
                                                  ", expected " + std::to_string(image.size()) +
                                                  ": it was cut while it was read"};
        }
        if (auto written = sink.write(std::span(piece).first(length)); !written) return written;
        from += length;
    }
    return {};
}

}  // namespace

FileSource::FileSource(sdk::Host& host)
    : directory_(host.settings().text("root")),
      largest_image_(static_cast<std::uint64_t>(host.settings().integer("image.max"))) {}

sdk::SourceTraits FileSource::traits() {
    sdk::SourceTraits traits;
    traits.keys = {"file"};
    return traits;
}

Result<void> FileSource::start() {
    std::error_code failure;
    std::filesystem::create_directories(directory_.root(), failure);
    if (!failure) return {};
    return Error{ErrorKind::Unavailable, "source.file.root: creating " +
                                             directory_.root().string() + ": " + failure.message()};
}

Result<Metadata> FileSource::read_metadata(const std::string& name) const {
    const auto file = directory_.open(name + ".json");
    if (!file) return file.error();
    sdk::Bytes text(MetadataBytes + 1);
    const auto length = file->read(text, 0);
    if (!length) return length.error().in("reading " + name + ".json");
    auto metadata = parse_metadata(sdk::text_of(std::span(text).first(*length)));
    if (!metadata) return metadata.error().in(name + ".json");
    return metadata;
}

Result<OpenFile> FileSource::open_image(const std::string& name, const Metadata& metadata) const {
    if (metadata.size > largest_image_) {
        return Error{ErrorKind::Refused, name + ".json says " + std::to_string(metadata.size) +
                                             " bytes, source.file.image.max is " +
                                             std::to_string(largest_image_)};
    }
    auto image = directory_.open(name + ".bin");
    if (!image || image->size() == metadata.size) return image;
    return replaced(name, name + ".bin has " + std::to_string(image->size()) + " bytes, " + name +
                              ".json says " + std::to_string(metadata.size));
}

Result<sdk::Resolution> FileSource::resolve(const sdk::ResolveRequest& request) {
    const auto name = parse_target(request.target.spec);
    if (!name) return name.error();
    auto metadata = read_metadata(*name);
    if (!metadata) return metadata.error();
    const auto image = open_image(*name, *metadata);
    if (!image) return image.error();
    sdk::Offer offer;
    offer.version = std::move(metadata->version);
    offer.size = metadata->size;
    offer.sha256 = metadata->sha256;
    offer.origin = *name;
    return sdk::Resolution(std::move(offer));
}

Result<void> FileSource::fetch(const sdk::Offer& offer, sdk::ByteSink& sink, std::uint64_t from) {
    const auto& name = offer.origin;
    if (!is_name(name)) return Error{ErrorKind::Malformed, "the offer's origin is no release name"};
    const auto metadata = read_metadata(name);
    if (!metadata) return metadata.error();
    // Opened before the metadata is compared: from here on a new release under this name does no
    // harm.
    const auto image = open_image(name, *metadata);
    if (!image) return image.error();
    if (metadata->sha256 != offer.sha256) {
        return replaced(name, name + ".json now says checksum " + metadata->sha256.hex());
    }
    if (from > image->size()) {
        return Error{ErrorKind::Mismatch, "asked for byte " + std::to_string(from) + " of " +
                                              std::to_string(image->size())};
    }
    auto streamed = stream(*image, sink, from);
    if (!streamed) return streamed.error().in(name + ".bin");
    return streamed;
}

}  // namespace ajour::file
