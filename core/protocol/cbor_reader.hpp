// SPDX-License-Identifier: Apache-2.0
// Pulls one CBOR item after another out of a message, without allocation. Knows no message.
#pragma once

#include <ajour/sdk/bytes.hpp>
#include <ajour/sdk/result.hpp>

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>

namespace ajour::protocol {

enum class CborKind : std::uint8_t {
    Unsigned,
    Negative,
    Bytes,
    Text,
    Array,
    Map,
    Tag,
    Float,
    False,
    True,
    Null,
    Undefined,
    Break,
    Unassigned,  ///< a head that RFC 8949 reserves
    Truncated,   ///< the message ends within this item, or before it
};

/// One item, or the head of one that holds others.
struct CborItem {
    CborKind kind = CborKind::Truncated;
    bool indefinite = false;   ///< Bytes and Text come in chunks; Array and Map end with a break
    std::uint64_t number = 0;  ///< value; Negative: -1 - value; Array, Map: what is left in it
    sdk::ByteView content;     ///< Bytes, Text; lives as long as the message
    std::size_t place = 0;     ///< offset of its head in the message
};

/// What was found, in words for an error.
std::string describe(const CborItem& item);

/// Functions that give false have kept the error; nothing useful can be read after it.
class CborReader {
public:
    explicit CborReader(sdk::ByteView message) noexcept : message_(message) {}

    /// The next item; tags before it are passed over.
    CborItem next() noexcept;

    /// Whether the array or map has another element or entry, which is then taken off `container`.
    bool has_more(CborItem& container) noexcept;

    /// Hands each piece of a byte or text string to `take`, one piece when it is not chunked.
    template <typename Take>
    bool read_string(const CborItem& head, Take take);

    /// Passes over the rest of an item of any kind.
    bool skip(CborItem head, int depth = max_depth);

    /// Whether all of the message was read.
    bool ends();

    /// Keeps the error; always false.
    bool refuse(const CborItem& found, std::string_view expected);
    bool refuse(std::string text);

    /// Puts a place before the error that was kept; always false.
    bool refuse_within(std::string_view place);

    const sdk::Error& error() const noexcept { return error_; }

private:
    static constexpr int max_depth = 128;

    void decode(CborItem& item) noexcept;
    void take_refused(CborItem& item) noexcept;
    bool is_at(std::uint8_t byte) const noexcept;
    bool skip_elements(CborItem& container, int depth);

    sdk::ByteView message_;
    std::size_t position_ = 0;
    sdk::Error error_;
};

template <typename Take>
bool CborReader::read_string(const CborItem& head, Take take) {
    if (!head.indefinite) {
        take(head.content);
        return true;
    }
    for (;;) {
        CborItem chunk;
        decode(chunk);
        if (chunk.kind == CborKind::Break) return true;
        if (chunk.kind != head.kind || chunk.indefinite) {
            return refuse(chunk, "a chunk of the string or its end");
        }
        take(chunk.content);
    }
}

}  // namespace ajour::protocol
