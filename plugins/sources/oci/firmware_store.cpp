// SPDX-License-Identifier: Apache-2.0
#include "firmware_store.hpp"

#include "content/digest.hpp"
#include "crypto/hash.hpp"
#include "json/members.hpp"
#include "text_file.hpp"

#include <algorithm>
#include <fstream>
#include <system_error>

namespace ajour::oci {

namespace fs = std::filesystem;
using sdk::Error;
using sdk::ErrorKind;
using sdk::Result;

namespace {

constexpr std::size_t PieceBytes = 64U << 10;
constexpr std::size_t LargestDescription = 4U << 10;
constexpr auto Image = ".bin", Description = ".json", Unfinished = ".part";

Error file_error(const std::string& doing, const fs::path& file, const std::error_code& failure) {
    return {ErrorKind::Unavailable, doing + " " + file.string() + ": " + failure.message()};
}

/// A text as JSON has it; versions are opaque bytes, so all but the plainest are escaped.
std::string hex_text(const std::string& text) {
    constexpr char digits[] = "0123456789abcdef";
    std::string hex;
    for (const char c : text) {
        const auto byte = static_cast<unsigned char>(c);
        hex += digits[byte >> 4];
        hex += digits[byte & 15];
    }
    return hex;
}

std::optional<std::string> text_of_hex(const std::string& hex) {
    std::string text;
    if (hex.size() % 2 != 0) return std::nullopt;
    for (std::size_t i = 0; i < hex.size(); i += 2) {
        constexpr std::string_view digits = "0123456789abcdef";
        const auto high = digits.find(hex[i]), low = digits.find(hex[i + 1]);
        if (high > 15 || low > 15) return std::nullopt;
        text += static_cast<char>(high << 4 | low);
    }
    return text;
}

std::string described(const StoredFirmware& firmware) {
    return R"({"version":")" + hex_text(firmware.version) + R"(","size":)" +
           std::to_string(firmware.size) + R"(,"checksum":")" + digest_text(firmware.sha256) +
           "\"}";
}

std::optional<StoredFirmware> read_description(const fs::path& file) {
    const auto text = read_text_file(file, LargestDescription);
    if (!text) return std::nullopt;
    const auto object = parse_object(*text);
    if (!object) return std::nullopt;
    const auto version = required_text(*object, "version", 1024);
    const auto size = required_number(*object, "size", UINT32_MAX);
    const auto checksum = required_text(*object, "checksum", 100);
    if (!version || !size || !checksum || !is_digest(*checksum)) return std::nullopt;
    const auto named = text_of_hex(*version);
    if (!named) return std::nullopt;
    return StoredFirmware{*named, *size, sha256_of(*checksum)};
}

Result<void> write_whole(const fs::path& file, const std::string& text) {
    std::ofstream stream(file, std::ios::binary | std::ios::trunc);
    stream << text << std::flush;
    if (stream.good()) return {};
    return Error{ErrorKind::Unavailable, "writing " + file.string() + " failed"};
}

}  // namespace

FirmwareStore::FirmwareStore(fs::path directory, std::uint64_t most, sdk::Metric& bytes)
    : directory_(std::move(directory)), most_(most), bytes_(bytes) {}

Result<void> FirmwareStore::start() {
    std::error_code failure;
    fs::create_directories(directory_, failure);
    if (failure) return file_error("creating", directory_, failure);
    const std::lock_guard lock(mutex_);
    std::vector<fs::path> files;
    for (const auto& entry : fs::directory_iterator(directory_, failure)) {
        files.push_back(entry.path());
    }
    if (failure) return file_error("listing", directory_, failure);
    for (const auto& file : files) {
        if (file.extension() == Description) load(file);
    }
    for (const auto& file : files) {
        const auto manifest = "sha256:" + file.stem().string();
        if (entry_of(manifest) == by_age_.end()) fs::remove(file, failure);
    }
    make_room(0);
    return {};
}

void FirmwareStore::load(const fs::path& description) {
    const auto manifest = "sha256:" + description.stem().string();
    const auto firmware = read_description(description);
    std::error_code failure;
    const auto size = fs::file_size(path_of(manifest, Image), failure);
    if (!is_digest(manifest) || !firmware || failure || size != firmware->size) return;
    by_age_.push_front({manifest, *firmware});
    used_ += size;
    bytes_.set(static_cast<std::int64_t>(used_));
}

fs::path FirmwareStore::path_of(const std::string& manifest, const char* ending) const {
    return directory_ / (std::string(hex_of(manifest)) + ending);
}

FirmwareStore::Entries::iterator FirmwareStore::entry_of(const std::string& manifest) {
    return std::find_if(by_age_.begin(), by_age_.end(),
                        [&](const Entry& entry) { return entry.manifest == manifest; });
}

void FirmwareStore::remove(Entries::iterator entry) {
    std::error_code ignored;
    fs::remove(path_of(entry->manifest, Description), ignored);
    fs::remove(path_of(entry->manifest, Image), ignored);
    used_ -= entry->firmware.size;
    by_age_.erase(entry);
    bytes_.set(static_cast<std::int64_t>(used_));
}

void FirmwareStore::make_room(std::uint64_t wanted) {
    while (!by_age_.empty() && used_ + wanted > most_) remove(std::prev(by_age_.end()));
}

std::optional<StoredFirmware> FirmwareStore::find(const std::string& manifest) {
    const std::lock_guard lock(mutex_);
    const auto entry = entry_of(manifest);
    if (entry == by_age_.end()) return std::nullopt;
    by_age_.splice(by_age_.begin(), by_age_, entry);
    return entry->firmware;
}

fs::path FirmwareStore::new_file() {
    return directory_ / (std::to_string(++files_) + Unfinished);
}

Result<void> FirmwareStore::keep(const fs::path& file, const std::string& manifest,
                                 const StoredFirmware& firmware) {
    std::error_code failure;
    if (firmware.size > most_) {
        fs::remove(file, failure);
        return Error{ErrorKind::Full, "firmware of " + std::to_string(firmware.size) +
                                          " bytes, source.oci.store.max is " +
                                          std::to_string(most_)};
    }
    const std::lock_guard lock(mutex_);
    if (const auto entry = entry_of(manifest); entry != by_age_.end()) remove(entry);
    make_room(firmware.size);
    fs::rename(file, path_of(manifest, Image), failure);
    if (failure) return file_error("renaming", file, failure);
    const auto description = new_file();
    if (auto written = write_whole(description, described(firmware)); !written) return written;
    fs::rename(description, path_of(manifest, Description), failure);
    if (failure) return file_error("renaming", description, failure);
    by_age_.push_front({manifest, firmware});
    used_ += firmware.size;
    bytes_.set(static_cast<std::int64_t>(used_));
    return {};
}

Result<void> FirmwareStore::stream(const std::string& manifest, sdk::ByteSink& sink,
                                   std::uint64_t from) {
    const auto firmware = find(manifest);
    std::ifstream file(path_of(manifest, Image), std::ios::binary);
    if (!firmware || !file) return Error{ErrorKind::NotFound, "the firmware is not kept any more"};
    if (from > firmware->size) {
        return Error{ErrorKind::Mismatch, "asked for byte " + std::to_string(from) + " of " +
                                              std::to_string(firmware->size)};
    }
    Hash hash;
    std::string piece(PieceBytes, '\0');
    for (std::uint64_t at = 0; at < firmware->size;) {
        file.read(piece.data(), static_cast<std::streamsize>(piece.size()));
        const auto got = static_cast<std::uint64_t>(file.gcount());
        if (got == 0) break;
        const auto bytes = sdk::bytes_of(piece).first(got);
        hash.update(bytes);
        const auto passed = std::min(got, from > at ? from - at : 0);
        if (passed < got) {
            if (auto written = sink.write(bytes.subspan(passed)); !written) return written;
        }
        at += got;
    }
    if (hash.finish() == firmware->sha256) return {};
    const std::lock_guard lock(mutex_);
    if (const auto entry = entry_of(manifest); entry != by_age_.end()) remove(entry);
    return Error{ErrorKind::Mismatch, "the kept firmware was damaged, and is fetched anew"};
}

}  // namespace ajour::oci
