// SPDX-License-Identifier: Apache-2.0
#include "support/wire.hpp"

#include "protocol/cbor_reader.hpp"

namespace ajour::support {

using protocol::CborItem;
using protocol::CborKind;
using protocol::CborReader;

namespace {

void add_head(sdk::Bytes& bytes, unsigned major, std::uint32_t value) {
    const auto type = static_cast<std::uint8_t>(major << 5);
    if (value < 24) {
        bytes.push_back(static_cast<std::uint8_t>(type | value));
        return;
    }
    bytes.push_back(type | 26);
    for (int shift = 24; shift >= 0; shift -= 8) {
        bytes.push_back(static_cast<std::uint8_t>(value >> shift));
    }
}

void add_string(sdk::Bytes& bytes, std::string_view text) {
    add_head(bytes, 2, static_cast<std::uint32_t>(text.size()));
    bytes.insert(bytes.end(), text.begin(), text.end());
}

void add_number(sdk::Bytes& bytes, unsigned key, std::optional<std::uint32_t> value) {
    add_head(bytes, 0, key);
    if (value) {
        add_head(bytes, 0, *value);
    } else {
        bytes.push_back(0xf6);
    }
}

class CommandReader {
public:
    explicit CommandReader(sdk::ByteView bytes) : reader_(bytes) {}

    bool read(ReceivedCommand& command) {
        if (!is_map(reader_.next(), 1)) return false;
        const auto variant = reader_.next();
        if (variant.kind != CborKind::Unsigned || variant.number > 3) return false;
        auto fields = reader_.next();
        if (!is_map(fields, std::size_t{2} + (variant.number > 0) + (variant.number == 2))) {
            return false;
        }
        const auto kind = static_cast<ReceivedCommand::Kind>(variant.number);
        while (reader_.has_more(fields)) {
            const auto key = reader_.next();
            if (key.kind != CborKind::Unsigned || !read_field(kind, key.number, command))
                return false;
        }
        if (!reader_.ends()) return false;
        command.kind = kind;
        return true;
    }

private:
    using Kind = ReceivedCommand::Kind;

    static bool is_map(const CborItem& item, std::size_t entries) {
        return item.kind == CborKind::Map && !item.indefinite && item.number == entries;
    }
    bool read_field(Kind kind, std::uint64_t key, ReceivedCommand& command) {
        if (kind != Kind::Wait && key == 0) return read_bytes(command.version);
        if (key == (kind == Kind::Wait ? 0U : 1U)) return read_number(command.correlation_id);
        if (kind == Kind::Wait || kind == Kind::Sync) return read_number(command.poll);
        if (kind == Kind::Swap || key == 3) return read_bytes(command.data);
        std::optional<std::uint32_t> offset;
        const bool read = read_number(offset) && offset;
        command.offset = offset.value_or(0);
        return read;
    }
    template <typename Bytes>
    bool read_bytes(Bytes& bytes) {
        const auto item = reader_.next();
        bytes.assign(item.content.begin(), item.content.end());
        return item.kind == CborKind::Bytes && !item.indefinite;
    }
    bool read_number(std::optional<std::uint32_t>& number) {
        const auto item = reader_.next();
        if (item.kind == CborKind::Unsigned) number = static_cast<std::uint32_t>(item.number);
        return item.kind == CborKind::Unsigned || item.kind == CborKind::Null;
    }

    CborReader reader_;
};

}  // namespace

sdk::Bytes bytes_of(const DeviceStatus& status) {
    sdk::Bytes bytes;
    add_head(bytes, 5, 4);
    add_head(bytes, 0, 0);
    add_string(bytes, status.version);
    add_number(bytes, 1, status.mtu);
    add_number(bytes, 2, status.correlation_id);
    add_head(bytes, 0, 3);
    if (!status.writing) {
        bytes.push_back(0xf6);
        return bytes;
    }
    add_head(bytes, 5, 2);
    add_head(bytes, 0, 0);
    add_string(bytes, *status.writing);
    add_number(bytes, 1, status.offset);
    return bytes;
}

ReceivedCommand read_command(sdk::ByteView bytes) {
    ReceivedCommand command;
    if (!CommandReader(bytes).read(command)) return {};
    return command;
}

}  // namespace ajour::support
