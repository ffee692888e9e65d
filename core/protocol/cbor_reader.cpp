// SPDX-License-Identifier: Apache-2.0
#include "protocol/cbor_reader.hpp"

#include <cbor.h>

#include <utility>

namespace ajour::protocol {

namespace {

CborItem& item_of(void* context) noexcept {
    return *static_cast<CborItem*>(context);
}

template <CborKind kind, typename Number>
void take_number(void* context, Number number) noexcept {
    item_of(context).kind = kind;
    item_of(context).number = number;
}

template <CborKind kind>
void take_string(void* context, cbor_data data, std::size_t size) noexcept {
    item_of(context).kind = kind;
    item_of(context).content = {data, size};
}

template <CborKind kind>
void take_indefinite(void* context) noexcept {
    item_of(context).kind = kind;
    item_of(context).indefinite = true;
}

template <CborKind kind>
void take_simple(void* context) noexcept {
    item_of(context).kind = kind;
}

template <typename Number>
void take_float(void* context, Number) noexcept {
    item_of(context).kind = CborKind::Float;
}

void take_bool(void* context, bool value) noexcept {
    item_of(context).kind = value ? CborKind::True : CborKind::False;
}

constexpr cbor_callbacks callbacks = {
    .uint8 = take_number<CborKind::Unsigned, std::uint8_t>,
    .uint16 = take_number<CborKind::Unsigned, std::uint16_t>,
    .uint32 = take_number<CborKind::Unsigned, std::uint32_t>,
    .uint64 = take_number<CborKind::Unsigned, std::uint64_t>,
    .negint64 = take_number<CborKind::Negative, std::uint64_t>,
    .negint32 = take_number<CborKind::Negative, std::uint32_t>,
    .negint16 = take_number<CborKind::Negative, std::uint16_t>,
    .negint8 = take_number<CborKind::Negative, std::uint8_t>,
    .byte_string_start = take_indefinite<CborKind::Bytes>,
    .byte_string = take_string<CborKind::Bytes>,
    .string = take_string<CborKind::Text>,
    .string_start = take_indefinite<CborKind::Text>,
    .indef_array_start = take_indefinite<CborKind::Array>,
    .array_start = take_number<CborKind::Array, std::size_t>,
    .indef_map_start = take_indefinite<CborKind::Map>,
    .map_start = take_number<CborKind::Map, std::size_t>,
    .tag = take_number<CborKind::Tag, std::uint64_t>,
    .float2 = take_float<float>,
    .float4 = take_float<float>,
    .float8 = take_float<double>,
    .undefined = take_simple<CborKind::Undefined>,
    .null = take_simple<CborKind::Null>,
    .boolean = take_bool,
    .indef_break = take_simple<CborKind::Break>,
};

// libcbor 0.8 refuses the one-byte tags 6 to 20.
bool is_tag_that_libcbor_refuses(std::uint8_t head) noexcept {
    return head >= 0xc6 && head <= 0xd4;
}

std::string describe_negative(std::uint64_t number) {
    return number == UINT64_MAX ? "-18446744073709551616" : "-" + std::to_string(number + 1);
}

std::string describe_sized(const CborItem& item, std::string_view name, std::size_t size) {
    return item.indefinite ? std::string(name).append(" of unknown size")
                           : std::string(name).append(" of ") + std::to_string(size);
}

}  // namespace

std::string describe(const CborItem& item) {
    switch (item.kind) {
        case CborKind::Unsigned:
            return std::to_string(item.number);
        case CborKind::Negative:
            return describe_negative(item.number);
        case CborKind::Bytes:
            return describe_sized(item, "a byte string", item.content.size());
        case CborKind::Text:
            return describe_sized(item, "a text", item.content.size());
        case CborKind::Array:
            return describe_sized(item, "an array", item.number);
        case CborKind::Map:
            return describe_sized(item, "a map", item.number);
        case CborKind::Tag:
            return "a tag";
        case CborKind::Float:
            return "a floating-point number";
        case CborKind::False:
            return "false";
        case CborKind::True:
            return "true";
        case CborKind::Null:
            return "null";
        case CborKind::Undefined:
            return "undefined";
        case CborKind::Break:
            return "a break";
        case CborKind::Unassigned:
            return "a reserved head";
        case CborKind::Truncated:
            break;
    }
    return "the end of the message";
}

void CborReader::decode(CborItem& item) noexcept {
    item.kind = CborKind::Truncated;
    item.place = position_;
    const auto rest = message_.subspan(position_);
    const auto result = cbor_stream_decode(rest.data(), rest.size(), &callbacks, &item);
    position_ += result.read;
    if (result.status == CBOR_DECODER_ERROR) take_refused(item);
}

void CborReader::take_refused(CborItem& item) noexcept {
    const bool is_tag = is_tag_that_libcbor_refuses(message_[position_]);
    item.kind = is_tag ? CborKind::Tag : CborKind::Unassigned;
    if (is_tag) ++position_;
}

CborItem CborReader::next() noexcept {
    CborItem item;
    do {
        decode(item);
    } while (item.kind == CborKind::Tag);
    return item;
}

bool CborReader::is_at(std::uint8_t byte) const noexcept {
    return position_ < message_.size() && message_[position_] == byte;
}

bool CborReader::has_more(CborItem& container) noexcept {
    constexpr std::uint8_t break_head = 0xff;
    if (!container.indefinite) return container.number != 0 && container.number-- != 0;
    if (!is_at(break_head)) return true;
    ++position_;
    return false;
}

bool CborReader::skip_elements(CborItem& container, int depth) {
    if (depth == 0) {
        return refuse(container, "no more than " + std::to_string(max_depth) + " levels");
    }
    const int each = container.kind == CborKind::Map ? 2 : 1;
    while (has_more(container)) {
        for (int i = 0; i < each; ++i) {
            if (!skip(next(), depth - 1)) return false;
        }
    }
    return true;
}

bool CborReader::skip(CborItem head, int depth) {
    switch (head.kind) {
        case CborKind::Bytes:
        case CborKind::Text:
            return read_string(head, [](sdk::ByteView) {});
        case CborKind::Array:
        case CborKind::Map:
            return skip_elements(head, depth);
        case CborKind::Break:
        case CborKind::Unassigned:
        case CborKind::Truncated:
            return refuse(head, "a value");
        default:
            return true;
    }
}

bool CborReader::ends() {
    if (position_ == message_.size()) return true;
    return refuse(std::to_string(message_.size() - position_) + " trailing bytes after byte " +
                  std::to_string(position_) + ", expected the end");
}

bool CborReader::refuse(const CborItem& found, std::string_view expected) {
    return refuse("found " + describe(found) + " at byte " + std::to_string(found.place) +
                  ", expected " + std::string(expected));
}

bool CborReader::refuse(std::string text) {
    error_ = {sdk::ErrorKind::Malformed, std::move(text)};
    return false;
}

bool CborReader::refuse_within(std::string_view place) {
    error_ = error_.in(place);
    return false;
}

}  // namespace ajour::protocol
