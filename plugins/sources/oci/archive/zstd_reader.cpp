// SPDX-License-Identifier: Apache-2.0
#include "archive/zstd_reader.hpp"

#include "archive/mapped_memory.hpp"

#define ZSTD_STATIC_LINKING_ONLY  // memory of one's own, unchanged since libzstd 1.0
#include <unistd.h>
#include <zstd.h>
#include <zstd_errors.h>

#include <array>
#include <cerrno>
#include <string>
#include <system_error>
#include <vector>

namespace ajour::oci {

using sdk::Error;
using sdk::ErrorKind;
using sdk::Result;

namespace {

ZSTD_customMem memory_of(MappedMemory& memory) {
    return {[](void* owner, std::size_t size) {
                return static_cast<MappedMemory*>(owner)->allocate(size);
            },
            [](void* owner, void* piece) { static_cast<MappedMemory*>(owner)->free(piece); },
            &memory};
}

}  // namespace

struct ZstdReader::State {
    State(int from, const std::filesystem::path& directory)
        : file(from), memory(directory), context(ZSTD_createDCtx_advanced(memory_of(memory))) {
        if (context != nullptr) {
            ZSTD_DCtx_setParameter(context, ZSTD_d_windowLogMax, WindowLogMax);
        }
    }
    State(const State&) = delete;
    State& operator=(const State&) = delete;
    ~State() { ZSTD_freeDCtx(context); }

    Result<void> refill();
    Result<sdk::ByteView> inflate();
    Error refused(std::size_t code) const;

    int file;
    MappedMemory memory;
    ZSTD_DCtx* context;
    std::array<std::uint8_t, 64 * 1024> stored{};
    std::array<std::uint8_t, 64 * 1024> inflated{};
    ZSTD_inBuffer input{stored.data(), 0, 0};
    std::uint64_t taken = 0;  // of the file
    bool at_end = false;      // of the file
    bool in_frame = false;
};

Result<void> ZstdReader::State::refill() {
    for (;;) {
        const auto got = ::read(file, stored.data(), stored.size());
        if (got < 0 && errno == EINTR) continue;
        if (got < 0) {
            return Error{ErrorKind::Unavailable,
                         "reading the layer: " + std::generic_category().message(errno)};
        }
        at_end = got == 0;
        input = {stored.data(), static_cast<std::size_t>(got), 0};
        taken += static_cast<std::uint64_t>(got);
        return {};
    }
}

Error ZstdReader::State::refused(std::size_t code) const {
    switch (ZSTD_getErrorCode(code)) {
        case ZSTD_error_frameParameter_windowTooLarge:
            return {ErrorKind::Refused, "the layer's zstd asks for a window of more than " +
                                            std::to_string(1U << WindowLogMax) + " bytes"};
        case ZSTD_error_memory_allocation:
            if (memory.failure()) return memory.failure()->in("the window of the layer's zstd");
            return {ErrorKind::Internal, "no memory to inflate the layer's zstd"};
        default:
            return {ErrorKind::Malformed,
                    std::string("reading the layer's archive: ") + ZSTD_getErrorName(code)};
    }
}

Result<sdk::ByteView> ZstdReader::State::inflate() {
    for (;;) {
        // What is still held back comes without new input.
        if (input.pos == input.size && !at_end) {
            if (auto refilled = refill(); !refilled) return refilled.error();
        }
        if (at_end && !in_frame) return sdk::ByteView();
        ZSTD_outBuffer output{inflated.data(), inflated.size(), 0};
        const auto left = ZSTD_decompressStream(context, &output, &input);
        if (ZSTD_isError(left) != 0) return refused(left);
        in_frame = left != 0;
        if (output.pos > 0) return sdk::ByteView(inflated.data(), output.pos);
        if (at_end && in_frame) {
            return Error{ErrorKind::Malformed, "reading the layer's archive: its zstd is cut"};
        }
    }
}

ZstdReader::ZstdReader(int file, const std::filesystem::path& directory)
    : state_(std::make_unique<State>(file, directory)) {}
ZstdReader::ZstdReader(ZstdReader&&) noexcept = default;
ZstdReader& ZstdReader::operator=(ZstdReader&&) noexcept = default;
ZstdReader::~ZstdReader() = default;

Result<sdk::ByteView> ZstdReader::read() {
    if (state_->context == nullptr) {
        return Error{ErrorKind::Internal, "libzstd gave no reader"};
    }
    return state_->inflate();
}

std::uint64_t ZstdReader::consumed() const {
    return state_->taken - (state_->input.size - state_->input.pos);
}

}  // namespace ajour::oci
