// SPDX-License-Identifier: Apache-2.0
#include "cli/publish.hpp"

#include "cli/new_file.hpp"
#include "digest/sha256.hpp"
#include "json/json.hpp"

#include <algorithm>
#include <array>
#include <cctype>
#include <fstream>
#include <system_error>

namespace ajour::cli {

using sdk::Error;
using sdk::ErrorKind;
using sdk::Result;

namespace {

constexpr std::size_t longest_name = 200;
constexpr std::size_t longest_version = 255;
constexpr std::size_t piece_bytes = 64 * 1024;

bool is_utf8(const std::string& text) {
    try {
        (void)Json(text).dump();
        return true;
    } catch (const Json::exception&) {
        return false;
    }
}

Error malformed(std::string text) {
    return {ErrorKind::Malformed, std::move(text)};
}

Result<void> check_words(const Publication& publication) {
    const auto& [file, name, version, root, largest] = publication;
    if (!is_release_name(name)) {
        return malformed("name '" + name +
                         "': expected 1 to 200 of A-Z a-z 0-9 . _ - that do not begin with a dot");
    }
    if (version.empty() || version.size() > longest_version) {
        return malformed("version of " + std::to_string(version.size()) +
                         " bytes, expected 1 to 255");
    }
    if (!is_utf8(version)) return malformed("version: expected UTF-8");
    return {};
}

Result<void> check_file(const Publication& publication) {
    std::error_code failure;
    const auto& file = publication.file;
    const auto status = std::filesystem::status(file, failure);
    if (!std::filesystem::exists(status)) {
        return Error{ErrorKind::NotFound, file.string() + ": no such file"};
    }
    if (!std::filesystem::is_regular_file(status))
        return malformed(file.string() + ": is no regular file");
    const auto size = std::filesystem::file_size(file, failure);
    if (failure) return Error{ErrorKind::Unavailable, file.string() + ": " + failure.message()};
    if (size == 0) return malformed(file.string() + ": is empty");
    if (size <= publication.largest) return {};
    return malformed(file.string() + ": has " + std::to_string(size) +
                     " bytes, source.file.image.max is " + std::to_string(publication.largest));
}

/// Copies the image and measures what was copied, whatever happens to the file meanwhile.
Result<sdk::Release> copy_image(const Publication& publication, NewFile& image) {
    std::ifstream file(publication.file, std::ios::binary);
    digest::Sha256Stream digest;
    sdk::Release release{publication.version, 0, {}};
    sdk::Bytes piece(piece_bytes);
    while (file.read(reinterpret_cast<char*>(piece.data()), piece_bytes), file.gcount() > 0) {
        const auto bytes = sdk::ByteView(piece).first(static_cast<std::size_t>(file.gcount()));
        digest.update(bytes);
        release.size += bytes.size();
        if (release.size > publication.largest)
            return malformed(publication.file.string() + ": grows");
        if (auto written = image.write(bytes); !written) return written.error();
    }
    if (!file.eof())
        return Error{ErrorKind::Unavailable, "cannot read " + publication.file.string()};
    if (release.size == 0) return malformed(publication.file.string() + ": is empty");
    release.sha256 = digest.finish();
    return release;
}

Result<NewFile> write_metadata(const std::filesystem::path& path, const sdk::Release& release) {
    auto file = NewFile::beside(path);
    if (!file) return file;
    const Json metadata = {
        {"version", release.version}, {"size", release.size}, {"checksum", release.sha256.hex()}};
    const auto text = json::print(metadata) + "\n";
    if (auto written = file->write(sdk::bytes_of(text)); !written) return written.error();
    return file;
}

Result<void> take_places(const std::filesystem::path& root, NewFile& image, NewFile& metadata) {
    for (auto* file : {&image, &metadata}) {
        if (auto synced = file->sync(); !synced) return synced;
    }
    const auto lock = DirectoryLock::take(root);
    if (!lock) return lock.error();
    for (auto* file : {&image, &metadata}) {
        if (auto placed = file->take_place(); !placed) return placed;
    }
    return lock->sync();
}

}  // namespace

bool is_release_name(std::string_view name) noexcept {
    return !name.empty() && name.size() <= longest_name && name.front() != '.' &&
           std::all_of(name.begin(), name.end(), [](unsigned char c) {
               return c < 0x80 && (std::isalnum(c) != 0 || c == '.' || c == '_' || c == '-');
           });
}

Result<sdk::Release> publish(const Publication& publication) {
    if (auto checked = check_words(publication); !checked) return checked.error();
    if (auto checked = check_file(publication); !checked) return checked.error();
    std::error_code failure;
    std::filesystem::create_directories(publication.root, failure);
    if (failure) {
        return Error{ErrorKind::Unavailable,
                     "making " + publication.root.string() + ": " + failure.message()};
    }
    auto image = NewFile::beside(publication.root / (publication.name + ".bin"));
    if (!image) return image.error();
    const auto release = copy_image(publication, *image);
    if (!release) return release;
    auto metadata = write_metadata(publication.root / (publication.name + ".json"), *release);
    if (!metadata) return metadata.error();
    if (auto placed = take_places(publication.root, *image, *metadata); !placed)
        return placed.error();
    return release;
}

}  // namespace ajour::cli
