// SPDX-License-Identifier: Apache-2.0
#include "protocol/command.hpp"

#include <cbor.h>

#include <algorithm>

namespace ajour::protocol {

namespace {

/// Appends items to the room it was given; once one does not fit, nothing does.
class Writer {
public:
    explicit Writer(std::span<std::uint8_t> room) noexcept : rest_(room), size_(room.size()) {}

    /// A one-entry map: the command's number, and its fields.
    void begin_command(std::uint8_t number, std::size_t fields) noexcept {
        take(cbor_encode_map_start(1, rest_.data(), rest_.size()));
        write(number);
        take(cbor_encode_map_start(fields, rest_.data(), rest_.size()));
    }

    template <typename Value>
    void field(std::uint8_t number, const Value& value) noexcept {
        write(number);
        write(value);
    }

    std::size_t written() const noexcept { return failed_ ? 0 : size_ - rest_.size(); }

private:
    void write(std::uint32_t number) noexcept {
        take(cbor_encode_uint(number, rest_.data(), rest_.size()));
    }

    void write(const std::optional<std::uint32_t>& number) noexcept {
        if (number) return write(*number);
        take(cbor_encode_null(rest_.data(), rest_.size()));
    }

    void write(sdk::ByteView bytes) noexcept {
        take(cbor_encode_bytestring_start(bytes.size(), rest_.data(), rest_.size()));
        if (failed_ || bytes.size() > rest_.size()) return fail();
        std::copy(bytes.begin(), bytes.end(), rest_.begin());
        rest_ = rest_.subspan(bytes.size());
    }

    void take(std::size_t written) noexcept {
        if (written == 0) return fail();
        rest_ = rest_.subspan(written);
    }

    void fail() noexcept {
        failed_ = true;
        rest_ = {};
    }

    std::span<std::uint8_t> rest_;
    std::size_t size_;
    bool failed_ = false;
};

void write(Writer& writer, const Wait& wait) noexcept {
    writer.begin_command(0, 2);
    writer.field(0, wait.correlation_id);
    writer.field(1, wait.poll);
}

void write(Writer& writer, const Sync& sync) noexcept {
    writer.begin_command(1, 3);
    writer.field(0, sync.version);
    writer.field(1, sync.correlation_id);
    writer.field(2, sync.poll);
}

void write(Writer& writer, const Write& block) noexcept {
    writer.begin_command(2, 4);
    writer.field(0, block.version);
    writer.field(1, block.correlation_id);
    writer.field(2, block.offset);
    writer.field(3, block.data);
}

void write(Writer& writer, const Swap& swap) noexcept {
    writer.begin_command(3, 3);
    writer.field(0, swap.version);
    writer.field(1, swap.correlation_id);
    writer.field(2, swap.checksum);
}

}  // namespace

std::size_t encode(const Command& command, std::span<std::uint8_t> room) noexcept {
    Writer writer(room);
    std::visit([&](const auto& one) { write(writer, one); }, command);
    return writer.written();
}

}  // namespace ajour::protocol
