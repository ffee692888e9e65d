// SPDX-License-Identifier: Apache-2.0
#include "archive/layer_archive.hpp"

#include "archive/zstd_reader.hpp"
#include "json/value.hpp"

#include <archive.h>
#include <archive_entry.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <cerrno>
#include <string_view>
#include <system_error>
#include <utility>

namespace ajour::oci {

using sdk::Error;
using sdk::ErrorKind;
using sdk::Result;

namespace {

/// What libarchive reads from.
class Input {
public:
    virtual ~Input() = default;
    /// The next bytes; none at the end.
    virtual Result<sdk::ByteView> read() = 0;
    /// Bytes of the layer's file that were used up, where libarchive does not inflate.
    virtual std::optional<std::uint64_t> stored() const { return std::nullopt; }
};

/// The file as it is.
class StoredInput : public Input {
public:
    explicit StoredInput(int file) : file_(file) {}

    Result<sdk::ByteView> read() override {
        for (;;) {
            const auto got = ::read(file_, buffer_.data(), buffer_.size());
            if (got >= 0) return sdk::ByteView(buffer_.data(), static_cast<std::size_t>(got));
            if (errno == EINTR) continue;
            return Error{ErrorKind::Unavailable,
                         "reading the layer: " + std::generic_category().message(errno)};
        }
    }

private:
    int file_;
    std::array<std::uint8_t, 64 * 1024> buffer_{};
};

/// Inflated here and not by libarchive, whose zstd keeps the whole window on the heap.
class ZstdInput : public Input {
public:
    ZstdInput(int file, const std::filesystem::path& directory) : reader_(file, directory) {}

    Result<sdk::ByteView> read() override { return reader_.read(); }
    std::optional<std::uint64_t> stored() const override { return reader_.consumed(); }

private:
    ZstdReader reader_;
};

/// What libarchive reads through, and what it cannot say itself.
struct Feed {
    std::unique_ptr<Input> input;
    bool at_end = false;
    std::optional<Error> failure;
};

la_ssize_t read_input(struct archive*, void* context, const void** bytes) {
    auto& feed = *static_cast<Feed*>(context);
    auto read = feed.input->read();
    if (!read) {
        feed.failure = read.error();
        return ARCHIVE_FATAL;
    }
    feed.at_end = read->empty();
    *bytes = read->data();
    return static_cast<la_ssize_t>(read->size());
}

enum class Packing { None, Gzip, Zstd };

/// What the file's first bytes call for: libarchive itself would go on to look for compressed bytes
/// in compressed bytes.
Packing packing_of(int file) {
    std::array<char, 4> bytes{};
    const auto got = ::pread(file, bytes.data(), bytes.size(), 0);
    const std::string_view magic(bytes.data(), got > 0 ? static_cast<std::size_t>(got) : 0);
    if (magic.starts_with("\x1f\x8b")) return Packing::Gzip;
    if (magic == "\x28\xb5\x2f\xfd") return Packing::Zstd;
    // A frame of zstd that is passed over, as zstd:chunked writes them.
    const bool skippable =
        magic.size() == 4 && magic.substr(1) == "\x2a\x4d\x18" && (magic[0] & '\xf0') == '\x50';
    return skippable ? Packing::Zstd : Packing::None;
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

std::unique_ptr<Input> input_of(int file, Packing packing, const std::filesystem::path& directory) {
    if (packing == Packing::Zstd) return std::make_unique<ZstdInput>(file, directory);
    return std::make_unique<StoredInput>(file);
}

/// Passes bytes over.
class NoSink : public sdk::ByteSink {
public:
    Result<void> write(sdk::ByteView) noexcept override { return {}; }
};

}  // namespace

struct LayerArchive::State {
    State(std::unique_ptr<Input> input, InflateBudget& all) : budget(all) {
        feed.input = std::move(input);
    }
    State(const State&) = delete;
    State& operator=(const State&) = delete;
    ~State() { archive_read_free(archive); }

    Error damaged() const {
        if (feed.failure) return *feed.failure;
        const auto* text = archive_error_string(archive);
        return {ErrorKind::Malformed,
                "reading the layer's archive: " + printable(text == nullptr ? "damaged" : text)};
    }
    std::uint64_t stored() const {
        const auto by_input = feed.input->stored();
        return by_input ? *by_input : static_cast<std::uint64_t>(archive_filter_bytes(archive, -1));
    }
    Result<void> count();
    Result<void> read_blocks(sdk::ByteSink& sink, bool with_holes);
    Result<void> fill(sdk::ByteSink& sink, std::uint64_t up_to);

    Feed feed;
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
    const auto more = inflated - std::min(counted, inflated);
    counted = inflated;
    if (more > budget.bytes) {
        return Error{ErrorKind::Refused, "the layers inflate to more than the limit allows"};
    }
    budget.bytes -= more;
    const auto from = stored();
    if (inflated <= budget.free_bytes || inflated - budget.free_bytes <= budget.ratio * from) {
        return {};
    }
    return Error{ErrorKind::Refused, "the layer inflates from " + std::to_string(from) + " to " +
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
            ended = feed.at_end && seen == size;
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

Result<LayerArchive> LayerArchive::open(int file, const std::filesystem::path& directory,
                                        InflateBudget& budget) {
    if (::lseek(file, 0, SEEK_SET) != 0) {
        return Error{ErrorKind::Internal, "the layer's file cannot be read from its beginning"};
    }
    const auto packing = packing_of(file);
    auto state = std::make_shared<State>(input_of(file, packing, directory), budget);
    auto* archive = state->archive;
    if (archive == nullptr) return Error{ErrorKind::Internal, "libarchive gave no reader"};
    if (archive_read_support_format_tar(archive) != ARCHIVE_OK ||
        (packing == Packing::Gzip &&
         archive_read_append_filter(archive, ARCHIVE_FILTER_GZIP) != ARCHIVE_OK) ||
        archive_read_open(archive, &state->feed, nullptr, read_input, nullptr) != ARCHIVE_OK) {
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
