// SPDX-License-Identifier: Apache-2.0
#include "json/json.hpp"
#include "protocol/status_fields.hpp"

#include <limits>

namespace ajour::protocol {

namespace {

using Number = std::uint32_t;

constexpr json::Bounds bounds = {.bytes = 1 << 16, .depth = 127};

std::string describe(const Json& found) {
    const auto sized = [&](const std::string& name) {
        return name + " of " + std::to_string(found.size());
    };
    switch (found.type()) {
        case Json::value_t::object:
            return sized("an object");
        case Json::value_t::array:
            return sized("an array");
        case Json::value_t::string:
            return "a text of " + std::to_string(found.get_ref<const std::string&>().size());
        default:
            return json::print(found);
    }
}

class Decoder {
public:
    sdk::Result<Status> decode(const Json& document) {
        Status status;
        if (read_status(document, status)) return status;
        return error_.in(status_shape.name);
    }

private:
    bool read_status(const Json& value, Status& status) {
        return read_struct(value, status_shape, [&](auto field, const Json& inner) {
            switch (field) {
                case StatusVersion:
                    return read_version(inner, status.version);
                case StatusMtu:
                    return read_optional_number(inner, status.mtu);
                case StatusCorrelationId:
                    return read_optional_number(inner, status.correlation_id);
                default:
                    return read_optional_update(inner, status.update);
            }
        });
    }

    bool read_optional_update(const Json& value, std::optional<Update>& update) {
        if (value.is_null()) return true;
        auto& taken = update.emplace();
        return read_struct(value, update_shape, [&](auto field, const Json& inner) {
            return field == UpdateVersion ? read_version(inner, taken.version)
                                          : read_number(inner, taken.offset);
        });
    }

    template <typename ReadField>
    bool read_struct(const Json& value, const Shape& shape, ReadField read_field) {
        const bool listed = value.is_array() && value.size() == shape.fields.size();
        if (!listed && !value.is_object()) return refuse(value, expected_struct(shape));
        for (std::size_t field = 0; field < shape.fields.size(); ++field) {
            const auto name = shape.fields[field];
            const auto* inner = listed ? &value[field] : json::member(value, name);
            if (inner == nullptr) {
                if (field >= shape.required) continue;
                return refuse("missing field `" + std::string(name) + "`");
            }
            if (!read_field(field, *inner)) return refuse_within(name);
        }
        return true;
    }

    bool read_version(const Json& value, Version& version) {
        if (value.is_array()) return read_version_of_numbers(value, version);
        if (!value.is_string()) return refuse(value, expected_version);
        const auto& text = value.get_ref<const std::string&>();
        return version.append(sdk::bytes_of(text)) || refuse(value, expected_version);
    }

    bool read_version_of_numbers(const Json& array, Version& version) {
        for (const auto& element : array) {
            if (!element.is_number_unsigned() || element.get<std::uint64_t>() > UINT8_MAX) {
                return refuse(element, expected_byte);
            }
            const auto byte = element.get<std::uint8_t>();
            if (!version.append({&byte, 1})) return refuse(array, expected_version);
        }
        return true;
    }

    bool read_optional_number(const Json& value, std::optional<Number>& number) {
        return value.is_null() || read_number(value, number.emplace());
    }

    bool read_number(const Json& value, Number& number) {
        constexpr auto most = std::numeric_limits<Number>::max();
        if (!value.is_number_unsigned() || value.get<std::uint64_t>() > most) {
            return refuse(value, expected_number);
        }
        number = value.get<Number>();
        return true;
    }

    bool refuse(const Json& found, std::string_view expected) {
        return refuse("found " + describe(found) + ", expected " + std::string(expected));
    }

    bool refuse(std::string text) {
        error_ = {sdk::ErrorKind::Malformed, std::move(text)};
        return false;
    }

    bool refuse_within(std::string_view place) {
        error_ = error_.in(place);
        return false;
    }

    sdk::Error error_;
};

}  // namespace

sdk::Result<Status> decode_status_json(sdk::ByteView bytes) {
    const auto document = json::parse(sdk::text_of(bytes), bounds);
    if (!document) return document.error().in(status_shape.name);
    return Decoder().decode(*document);
}

}  // namespace ajour::protocol
