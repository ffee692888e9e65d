// SPDX-License-Identifier: Apache-2.0
#include "archive/zstd_window.hpp"

#include <unistd.h>

#include <algorithm>
#include <array>
#include <cstddef>
#include <optional>

namespace ajour::oci {

using sdk::Error;
using sdk::ErrorKind;
using sdk::Result;

namespace {

constexpr std::uint64_t FrameMagic = 0xFD2FB528, SkippableMagic = 0x184D2A50;
constexpr std::size_t BlocksMax = 1U << 20;  // together with the frames that are skipped

/// Goes through the frames by their headers; nothing is inflated.
class FrameWalk {
public:
    explicit FrameWalk(int file) : file_(file) {}

    /// False at the file's end, or when `broken` is set.
    bool next_frame() {
        const auto magic = read_number(4);
        if (!magic) return false;
        if ((*magic & ~std::uint64_t{15}) == SkippableMagic) {
            const auto length = read_number(4);
            if (!length || ++blocks_ > BlocksMax) return fail();
            at_ += *length;
            return true;
        }
        return *magic == FrameMagic ? read_frame() : fail();
    }

    std::uint64_t window() const { return window_; }
    bool is_broken() const { return broken_; }

private:
    bool fail() {
        broken_ = true;
        return false;
    }
    /// Of the next bytes, the least significant first.
    std::optional<std::uint64_t> read_number(std::size_t length) {
        std::array<std::uint8_t, 8> bytes{};
        const auto got = ::pread(file_, bytes.data(), length, static_cast<off_t>(at_));
        if (got != static_cast<ssize_t>(length)) return std::nullopt;
        at_ += length;
        std::uint64_t number = 0;
        for (auto i = length; i > 0; --i) number = number << 8 | bytes[i - 1];
        return number;
    }
    bool read_frame() {
        constexpr std::array<std::size_t, 4> dictionary_bytes = {0, 1, 2, 4};
        constexpr std::array<std::size_t, 4> size_bytes = {0, 2, 4, 8};
        const auto descriptor = read_number(1);
        if (!descriptor) return fail();
        const bool single = (*descriptor & 0x20) != 0;
        const auto window = single ? std::optional<std::uint64_t>(0) : read_number(1);
        if (!window) return fail();
        at_ += dictionary_bytes[*descriptor & 3];
        auto length = size_bytes[*descriptor >> 6];
        if (single && length == 0) length = 1;
        const auto size = read_number(length);
        if (!size) return fail();
        const auto content = length == 2 ? *size + 256 : *size;
        window_ = std::max(window_, single ? content : window_of(*window));
        return pass_blocks((*descriptor & 4) != 0);
    }
    static std::uint64_t window_of(std::uint64_t byte) {
        const auto base = std::uint64_t{1} << (10 + (byte >> 3));
        return base + base / 8 * (byte & 7);
    }
    bool pass_blocks(bool with_checksum) {
        constexpr std::uint64_t one_byte_repeated = 1;
        for (;;) {
            const auto header = read_number(3);
            if (!header || ++blocks_ > BlocksMax) return fail();
            at_ += (*header >> 1 & 3) == one_byte_repeated ? 1 : *header >> 3;
            if ((*header & 1) == 0) continue;
            if (with_checksum) at_ += 4;
            return true;
        }
    }

    int file_;
    std::uint64_t at_ = 0, window_ = 0;
    std::size_t blocks_ = 0;
    bool broken_ = false;
};

}  // namespace

Result<std::uint64_t> largest_window(int file) {
    FrameWalk walk(file);
    while (walk.next_frame()) {
    }
    if (!walk.is_broken()) return walk.window();
    return Error{ErrorKind::Malformed, "reading the layer's archive: its zstd frames are damaged"};
}

}  // namespace ajour::oci
