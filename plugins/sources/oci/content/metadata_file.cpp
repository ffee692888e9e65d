// SPDX-License-Identifier: Apache-2.0
#include "content/metadata_file.hpp"

#include "content/digest.hpp"
#include "json/members.hpp"

#include <utility>

namespace ajour::oci {

using sdk::Error;
using sdk::ErrorKind;
using sdk::Result;

namespace {

constexpr std::size_t VersionTextBytes = 4096;  // what is too long is refused when it is named
constexpr std::size_t ChecksumBytes = 255;

std::string in_lower_case(std::string text) {
    for (auto& c : text) {
        if (c >= 'A' && c <= 'F') c = static_cast<char>(c - 'A' + 'a');
    }
    return text;
}

Result<sdk::Sha256> read_checksum(const Value& object) {
    auto text = required_text(object, "checksum", ChecksumBytes);
    if (!text) return text.error();
    const std::string prefix = "sha256:";
    const auto hex = text->starts_with(prefix) ? text->substr(prefix.size()) : *text;
    const auto digest = prefix + in_lower_case(hex);
    if (is_digest(digest)) return sha256_of(digest);
    return unexpected(object, "checksum", "64 hexadecimal digits of a SHA-256");
}

}  // namespace

Result<MetadataFile> parse_metadata_file(std::string_view text) {
    const auto object = parse_object(text, {MetadataBytes});
    if (!object) return object.error();
    auto version = optional_text(*object, "version", VersionTextBytes);
    if (!version) return version.error();
    const auto size = required_number(*object, "size", UINT32_MAX);
    if (!size) return size.error();
    if (*size == 0) return unexpected(*object, "size", "a number from 1 to 4294967295");
    const auto checksum = read_checksum(*object);
    if (!checksum) return checksum.error();
    return MetadataFile{std::move(*version), *size, *checksum};
}

Result<void> compare(const MetadataFile& metadata, std::uint64_t size, const sdk::Sha256& sha256) {
    if (size != metadata.size) {
        return Error{ErrorKind::Mismatch, "the firmware has " + std::to_string(size) +
                                              " bytes, its metadata says " +
                                              std::to_string(metadata.size)};
    }
    if (sha256 == metadata.sha256) return {};
    return Error{ErrorKind::Mismatch, "the firmware has the SHA-256 " + sha256.hex() +
                                          ", its metadata says " + metadata.sha256.hex()};
}

}  // namespace ajour::oci
