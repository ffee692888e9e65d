// SPDX-License-Identifier: Apache-2.0
#include "protocol/cbor_reader.hpp"
#include "protocol/status_fields.hpp"

#include <algorithm>
#include <bit>
#include <limits>
#include <utility>

namespace ajour::protocol {

namespace {

using Number = std::uint32_t;

/// A field's name, gathered from its chunks; a longer one than any of ours stays too long to match.
class FieldName {
public:
    void append(sdk::ByteView piece) noexcept {
        const auto taken = std::min(piece.size(), name_.size() - size_);
        std::copy_n(piece.begin(), taken, name_.begin() + size_);
        size_ += taken;
    }
    std::string_view text() const noexcept { return {name_.data(), size_}; }

private:
    std::array<char, 16> name_;
    std::size_t size_ = 0;
};

class Decoder {
public:
    explicit Decoder(sdk::ByteView bytes) noexcept : reader_(bytes) {}

    sdk::Result<Status> decode() {
        const Status nothing;                 // not Status{}, which would be zeroed
        sdk::Result<Status> status(nothing);  // filled in place: versions are costly to copy
        if (!read_status(*status) || !reader_.ends()) {
            status = reader_.error().in(status_shape.name);
        }
        return status;
    }

private:
    bool read_status(Status& status) {
        return read_struct(reader_.next(), status_shape, [&](auto field, const CborItem& item) {
            switch (field) {
                case StatusVersion:
                    return read_version(item, status.version);
                case StatusMtu:
                    return read_optional_number(item, status.mtu);
                case StatusCorrelationId:
                    return read_optional_number(item, status.correlation_id);
                default:
                    return read_optional_update(item, status.update);
            }
        });
    }

    bool read_optional_update(const CborItem& item, std::optional<Update>& update) {
        if (item.kind == CborKind::Null) return true;
        auto& value = update.emplace();
        return read_struct(item, update_shape, [&](auto field, const CborItem& inner) {
            return field == UpdateVersion ? read_version(inner, value.version)
                                          : read_number(inner, value.offset);
        });
    }

    template <typename ReadField>
    bool read_struct(CborItem head, const Shape& shape, ReadField read_field) {
        if (head.kind == CborKind::Map) return read_map(head, shape, read_field);
        if (head.kind == CborKind::Array) return read_array(head, shape, read_field);
        return reader_.refuse(head, expected_struct(shape));
    }

    template <typename ReadField>
    bool read_map(CborItem& map, const Shape& shape, ReadField read_field) {
        unsigned seen = 0;
        while (reader_.has_more(map)) {
            std::size_t field = 0;
            if (!read_key(shape, field)) return false;
            const auto value = reader_.next();
            if (field >= shape.fields.size()) {
                if (!reader_.skip(value)) return false;
                continue;
            }
            if (!mark_seen(seen, field, shape)) return false;
            if (!read_field(field, value)) return reader_.refuse_within(shape.fields[field]);
        }
        return has_required(seen, shape);
    }

    template <typename ReadField>
    bool read_array(CborItem& array, const Shape& shape, ReadField read_field) {
        const auto head = array;
        for (std::size_t field = 0; field < shape.fields.size(); ++field) {
            if (!reader_.has_more(array)) return reader_.refuse(head, expected_struct(shape));
            if (!read_field(field, reader_.next())) {
                return reader_.refuse_within(shape.fields[field]);
            }
        }
        return !reader_.has_more(array) || reader_.refuse(head, expected_struct(shape));
    }

    /// Gives a field that `shape` has not when the key is a stranger.
    bool read_key(const Shape& shape, std::size_t& field) {
        const auto key = reader_.next();
        if (key.kind == CborKind::Unsigned) {
            field = std::min<std::uint64_t>(key.number, shape.fields.size());
            return true;
        }
        if (key.kind != CborKind::Text && key.kind != CborKind::Bytes) {
            return reader_.refuse(key, "a field's number or name");
        }
        FieldName name;
        const auto append = [&](sdk::ByteView piece) { name.append(piece); };
        if (!reader_.read_string(key, append)) return false;
        const auto found = std::find(shape.fields.begin(), shape.fields.end(), name.text());
        field = static_cast<std::size_t>(found - shape.fields.begin());
        return true;
    }

    bool mark_seen(unsigned& seen, std::size_t field, const Shape& shape) {
        const unsigned before = std::exchange(seen, seen | 1U << field);
        if (before != seen) return true;
        return reader_.refuse("duplicate field `" + std::string(shape.fields[field]) + "`");
    }

    bool has_required(unsigned seen, const Shape& shape) {
        const auto field = static_cast<std::size_t>(std::countr_one(seen));
        if (field >= shape.required) return true;
        return reader_.refuse("missing field `" + std::string(shape.fields[field]) + "`");
    }

    bool read_version(const CborItem& item, Version& version) {
        if (item.kind == CborKind::Array) return read_version_of_numbers(item, version);
        if (item.kind != CborKind::Bytes && item.kind != CborKind::Text) {
            return reader_.refuse(item, expected_version);
        }
        bool fits = true;
        const auto append = [&](sdk::ByteView piece) { fits = fits && version.append(piece); };
        return reader_.read_string(item, append) &&
               (fits || reader_.refuse(item, expected_version));
    }

    bool read_version_of_numbers(CborItem array, Version& version) {
        const auto head = array;
        while (reader_.has_more(array)) {
            const auto item = reader_.next();
            if (item.kind != CborKind::Unsigned || item.number > UINT8_MAX) {
                return reader_.refuse(item, expected_byte);
            }
            const auto byte = static_cast<std::uint8_t>(item.number);
            if (!version.append({&byte, 1})) return reader_.refuse(head, expected_version);
        }
        return true;
    }

    bool read_optional_number(const CborItem& item, std::optional<Number>& number) {
        return item.kind == CborKind::Null || read_number(item, number.emplace());
    }

    bool read_number(const CborItem& item, Number& number) {
        if (item.kind != CborKind::Unsigned || item.number > std::numeric_limits<Number>::max()) {
            return reader_.refuse(item, expected_number);
        }
        number = static_cast<Number>(item.number);
        return true;
    }

    CborReader reader_;
};

}  // namespace

sdk::Result<Status> decode_status_cbor(sdk::ByteView bytes) {
    return Decoder(bytes).decode();
}

}  // namespace ajour::protocol
