// SPDX-License-Identifier: Apache-2.0
// Makes layers by libarchive's own writer, entry by entry.
#pragma once

#include <archive.h>
#include <archive_entry.h>

#include <stdexcept>
#include <string>
#include <vector>

namespace ajour::oci {

struct MadeEntry {
    std::string path;
    std::string content = {};
    int type = AE_IFREG;
    std::string link = {};       // target of a symbolic link
    std::string hard_link = {};  // target of a hard link
};

enum class Packing { Tar, Gzip, Zstd };

inline la_ssize_t append_to(struct archive*, void* text, const void* bytes, size_t length) {
    static_cast<std::string*>(text)->append(static_cast<const char*>(bytes), length);
    return static_cast<la_ssize_t>(length);
}

inline void write_entry(struct archive* archive, const MadeEntry& made) {
    auto* entry = archive_entry_new();
    archive_entry_set_pathname(entry, made.path.c_str());
    archive_entry_set_filetype(entry, static_cast<unsigned>(made.type));
    archive_entry_set_perm(entry, 0644);
    archive_entry_set_size(entry, static_cast<la_int64_t>(made.content.size()));
    if (!made.link.empty()) archive_entry_set_symlink(entry, made.link.c_str());
    if (!made.hard_link.empty()) archive_entry_set_hardlink(entry, made.hard_link.c_str());
    if (archive_write_header(archive, entry) != ARCHIVE_OK) {
        throw std::runtime_error(archive_error_string(archive));
    }
    if (!made.content.empty()) {
        archive_write_data(archive, made.content.data(), made.content.size());
    }
    archive_entry_free(entry);
}

inline std::string make_layer(const std::vector<MadeEntry>& entries,
                              Packing packing = Packing::Tar) {
    std::string bytes;
    auto* archive = archive_write_new();
    archive_write_set_format_pax_restricted(archive);
    if (packing == Packing::Gzip) archive_write_add_filter_gzip(archive);
    if (packing == Packing::Zstd) archive_write_add_filter_zstd(archive);
    archive_write_set_bytes_in_last_block(archive, 1);
    archive_write_open(archive, &bytes, nullptr, append_to, nullptr);
    for (const auto& entry : entries) write_entry(archive, entry);
    archive_write_close(archive);
    archive_write_free(archive);
    return bytes;
}

}  // namespace ajour::oci
