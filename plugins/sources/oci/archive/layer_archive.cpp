// SPDX-License-Identifier: Apache-2.0
#include "archive/layer_archive.hpp"

#include "archive/zstd_window.hpp"
#include "json/value.hpp"

#include <archive.h>
#include <archive_entry.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <cerrno>
#include <string_view>
#include <utility>

namespace ajour::oci {

using sdk::Error;
using sdk::ErrorKind;
using sdk::Result;

namespace {

/// What libarchive reads from, and reports through.
struct Input {
    int file = -1;
    bool at_end = false;
    std::array<char, 64 * 1024> buffer{};
};

la_ssize_t read_input(struct archive* archive, void* context, const void** bytes) {
    auto& input = *static_cast<Input*>(context);
    *bytes = input.buffer.data();
    for (;;) {
        const auto got = ::read(input.file, input.buffer.data(), input.buffer.size());
        input.at_end = got == 0;
        if (got >= 0) return got;
        if (errno == EINTR) continue;
        archive_set_error(archive, errno, "reading the layer failed");
        return ARCHIVE_FATAL;
    }
}

/// The one filter that the file's first bytes call for: libarchive itself would go on to look for
/// compressed bytes in compressed bytes.
int filter_of(int file) {
    std::array<char, 4> bytes{};
    const auto got = ::pread(file, bytes.data(), bytes.size(), 0);
    const std::string_view magic(bytes.data(), got > 0 ? static_cast<std::size_t>(got) : 0);
    if (magic.starts_with("\x1f\x8b")) return ARCHIVE_FILTER_GZIP;
    if (magic == "\x28\xb5\x2f\xfd") return ARCHIVE_FILTER_ZSTD;
    // A frame of zstd that is passed over, as zstd:chunked writes them.
    const bool skippable =
        magic.size() == 4 && magic.substr(1) == "\x2a\x4d\x18" && (magic[0] & '\xf0') == '\x50';
    return skippable ? ARCHIVE_FILTER_ZSTD : ARCHIVE_FILTER_NONE;
}

const char* path_of(struct archive_entry* entry) {
    const auto* path = archive_entry_pathname_utf8(entry);
    if (path == nullptr) path = archive_entry_pathname(entry);
    return path == nullptr ? "" : path;
}

ArchiveEntry::Kind kind_of(struct archive_entry* entry) {
    if (archive_entry_hardlink(entry) != nullptr) return ArchiveEntry::Kind::Other;
    switch (archive_entry_filetype(entry)) {
        case AE_IFREG:
            return ArchiveEntry::Kind::File;
        case AE_IFDIR:
            return ArchiveEntry::Kind::Directory;
        default:
            return ArchiveEntry::Kind::Other;
    }
}

/// Refused: libzstd would need more memory than a layer may cost.
Result<void> check_memory(int file, int filter) {
    if (filter != ARCHIVE_FILTER_ZSTD) return {};
    const auto window = largest_window(file);
    if (!window) return window.error();
    if (*window <= LayerArchive::WindowMax) return {};
    return Error{ErrorKind::Refused, "the layer's zstd needs a window of " +
                                         std::to_string(*window) + " bytes, at most " +
                                         std::to_string(LayerArchive::WindowMax)};
}

/// Passes bytes over.
class NoSink : public sdk::ByteSink {
public:
    Result<void> write(sdk::ByteView) noexcept override { return {}; }
};

}  // namespace

struct LayerArchive::State {
    State(int file, InflateBudget& all) : budget(all) { input.file = file; }
    State(const State&) = delete;
    State& operator=(const State&) = delete;
    ~State() { archive_read_free(archive); }

    Error damaged() const {
        const auto* text = archive_error_string(archive);
        return {ErrorKind::Malformed,
                "reading the layer's archive: " + printable(text == nullptr ? "damaged" : text)};
    }
    Result<void> count();
    Result<void> read_blocks(sdk::ByteSink& sink, bool with_holes);
    Result<void> fill(sdk::ByteSink& sink, std::uint64_t up_to);

    Input input;
    InflateBudget& budget;
    struct archive* archive = archive_read_new();
    struct archive_entry* entry = nullptr;  // that is to be read
    bool ended = false;                     // without the blocks of zeros that end an archive
    std::uint64_t counted = 0;              // of the inflated bytes, taken off the budget
    std::uint64_t written = 0;              // of the entry
};

/// Takes what was inflated since the last time off the budget.
Result<void> LayerArchive::State::count() {
    const auto inflated = static_cast<std::uint64_t>(archive_filter_bytes(archive, 0));
    const auto stored = static_cast<std::uint64_t>(archive_filter_bytes(archive, -1));
    const auto more = inflated - std::min(counted, inflated);
    counted = inflated;
    if (more > budget.bytes) {
        return Error{ErrorKind::Refused, "the layers inflate to more than the limit allows"};
    }
    budget.bytes -= more;
    if (inflated <= budget.free_bytes || inflated - budget.free_bytes <= budget.ratio * stored) {
        return {};
    }
    return Error{ErrorKind::Refused, "the layer inflates from " + std::to_string(stored) + " to " +
                                         std::to_string(inflated) + " bytes, at most " +
                                         std::to_string(budget.ratio) +
                                         " times as many are allowed"};
}

/// Zeros for a hole of a sparse file.
Result<void> LayerArchive::State::fill(sdk::ByteSink& sink, std::uint64_t up_to) {
    static constexpr std::array<std::uint8_t, 4096> zeros{};
    while (written < up_to) {
        const auto length = std::min<std::uint64_t>(zeros.size(), up_to - written);
        if (auto wrote = sink.write({zeros.data(), static_cast<std::size_t>(length)}); !wrote) {
            return wrote;
        }
        written += length;
    }
    return {};
}

Result<void> LayerArchive::State::read_blocks(sdk::ByteSink& sink, bool with_holes) {
    const auto size =
        static_cast<std::uint64_t>(std::max<la_int64_t>(archive_entry_size(entry), 0));
    std::uint64_t seen = 0;
    written = 0;
    entry = nullptr;
    for (;;) {
        const void* bytes = nullptr;
        std::size_t length = 0;
        la_int64_t offset = 0;
        const auto got = archive_read_data_block(archive, &bytes, &length, &offset);
        if (auto within = count(); !within) return within;
        if (got == ARCHIVE_EOF) return with_holes ? fill(sink, size) : Result<void>();
        if (got != ARCHIVE_OK) {
            // All of the file is there, but what fills its last block is not: umoci leaves it out.
            ended = input.at_end && seen == size;
            return ended ? Result<void>() : damaged();
        }
        seen = static_cast<std::uint64_t>(offset) + length;
        if (!with_holes) continue;
        if (auto filled = fill(sink, static_cast<std::uint64_t>(offset)); !filled) return filled;
        const auto* data = static_cast<const std::uint8_t*>(bytes);
        if (auto wrote = sink.write({data, length}); !wrote) return wrote;
        written += length;
    }
}

Result<LayerArchive> LayerArchive::open(int file, InflateBudget& budget) {
    auto state = std::make_shared<State>(file, budget);
    auto* archive = state->archive;
    if (archive == nullptr) return Error{ErrorKind::Internal, "libarchive gave no reader"};
    if (::lseek(file, 0, SEEK_SET) != 0) {
        return Error{ErrorKind::Internal, "the layer's file cannot be read from its beginning"};
    }
    const auto filter = filter_of(file);
    if (auto affordable = check_memory(file, filter); !affordable) return affordable.error();
    if (archive_read_support_format_tar(archive) != ARCHIVE_OK ||
        (filter != ARCHIVE_FILTER_NONE &&
         archive_read_append_filter(archive, filter) != ARCHIVE_OK) ||
        archive_read_open(archive, &state->input, nullptr, read_input, nullptr) != ARCHIVE_OK) {
        return state->damaged();
    }
    return LayerArchive(std::move(state));
}

Result<std::optional<ArchiveEntry>> LayerArchive::next() {
    // Here and not by libarchive, which passes over terabytes in one call.
    if (state_->entry != nullptr) {
        NoSink none;
        if (auto passed = state_->read_blocks(none, false); !passed) return passed.error();
    }
    if (state_->ended) return std::optional<ArchiveEntry>();
    struct archive_entry* entry = nullptr;
    const auto got = archive_read_next_header(state_->archive, &entry);
    if (auto within = state_->count(); !within) return within.error();
    if (got == ARCHIVE_EOF) return std::optional<ArchiveEntry>();
    if (got != ARCHIVE_OK && got != ARCHIVE_WARN) return state_->damaged();
    if (state_->budget.entries-- == 0) {
        state_->budget.entries = 0;
        return Error{ErrorKind::Refused, "the layers have more entries than the limit allows"};
    }
    state_->entry = entry;
    return std::optional(ArchiveEntry{path_of(entry), kind_of(entry)});
}

Result<void> LayerArchive::read(sdk::ByteSink& sink) {
    if (state_->entry == nullptr) return Error{ErrorKind::Internal, "there is no entry to read"};
    return state_->read_blocks(sink, true);
}

}  // namespace ajour::oci
