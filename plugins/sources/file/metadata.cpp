// SPDX-License-Identifier: Apache-2.0
#include "metadata.hpp"

#include <nlohmann/json.hpp>

#include <algorithm>
#include <cctype>
#include <optional>

namespace ajour::file {

using nlohmann::json;
using sdk::Error;
using sdk::ErrorKind;
using sdk::Result;

namespace {

constexpr std::size_t LongestName = 200;
constexpr std::size_t LongestVersion = 255;
constexpr std::uint64_t LargestImage = UINT32_MAX;
constexpr std::size_t LongestQuote = 80;

Error malformed(std::string text) {
    return {ErrorKind::Malformed, std::move(text)};
}

/// The value for people. What is nested is only named: it may be nested deeper than the stack.
std::string quoted(const json& value) {
    if (value.is_structured()) return std::string("an ") + value.type_name();
    auto text = value.dump(-1, ' ', true, json::error_handler_t::replace);
    if (text.size() > LongestQuote) text = text.substr(0, LongestQuote) + "...";
    return text;
}

Error unexpected(const json& object, const char* member, const char* expected) {
    const auto found = object.find(member);
    const auto what = found == object.end() ? std::string("is missing") : "is " + quoted(*found);
    return malformed(std::string(member) + " " + what + ", expected " + expected);
}

Result<json> parse_object(std::string_view text) {
    if (text.size() > MetadataBytes) {
        return malformed(std::to_string(text.size()) + " bytes of JSON, at most " +
                         std::to_string(MetadataBytes));
    }
    try {
        auto value = json::parse(text);
        if (value.is_object()) return value;
        return malformed("found " + quoted(value) + ", expected a JSON object");
    } catch (const json::parse_error& thrown) {
        // Its own text repeats what was read, however long that is.
        return malformed("not JSON: error at byte " + std::to_string(thrown.byte));
    } catch (const json::exception&) {
        return malformed("not JSON: a number is out of range");
    }
}

const std::string* text_member(const json& object, const char* member) {
    const auto found = object.find(member);
    return found == object.end() ? nullptr : found->get_ptr<const std::string*>();
}

std::optional<std::uint64_t> size_member(const json& object) {
    const auto found = object.find("size");
    if (found == object.end() || !found->is_number_unsigned()) return std::nullopt;
    const auto size = found->get<std::uint64_t>();
    return size >= 1 && size <= LargestImage ? std::optional(size) : std::nullopt;
}

std::optional<unsigned> nibble(char digit) {
    if (digit >= '0' && digit <= '9') return digit - '0';
    if (digit >= 'a' && digit <= 'f') return digit - 'a' + 10;
    if (digit >= 'A' && digit <= 'F') return digit - 'A' + 10;
    return std::nullopt;
}

std::optional<sdk::Sha256> parse_digest(std::string_view text) {
    constexpr std::string_view prefix = "sha256:";
    if (text.starts_with(prefix)) text.remove_prefix(prefix.size());
    sdk::Sha256 digest;
    if (text.size() != 2 * digest.bytes.size()) return std::nullopt;
    for (std::size_t i = 0; i < digest.bytes.size(); ++i) {
        const auto high = nibble(text[2 * i]), low = nibble(text[2 * i + 1]);
        if (!high || !low) return std::nullopt;
        digest.bytes[i] = static_cast<std::uint8_t>(*high << 4 | *low);
    }
    return digest;
}

}  // namespace

bool is_name(std::string_view name) noexcept {
    const auto allowed = [](unsigned char c) {
        return c < 0x80 && (std::isalnum(c) != 0 || c == '.' || c == '_' || c == '-');
    };
    return !name.empty() && name.size() <= LongestName && name.front() != '.' &&
           std::all_of(name.begin(), name.end(), allowed);
}

Result<Metadata> parse_metadata(std::string_view text) {
    const auto object = parse_object(text);
    if (!object) return object.error();

    const auto* version = text_member(*object, "version");
    if (version == nullptr || version->empty() || version->size() > LongestVersion) {
        return unexpected(*object, "version", "a text of 1 to 255 bytes");
    }
    const auto size = size_member(*object);
    if (!size) return unexpected(*object, "size", "a number from 1 to 4294967295");

    const auto* checksum = text_member(*object, "checksum");
    const auto digest = checksum == nullptr ? std::nullopt : parse_digest(*checksum);
    if (!digest) return unexpected(*object, "checksum", "64 hexadecimal digits of a SHA-256");
    return Metadata{*version, *size, *digest};
}

Result<std::string> parse_target(std::string_view spec) {
    const auto object = parse_object(spec);
    if (!object) return object.error().in("spec.firmware.file");
    const auto* name = text_member(*object, "name");
    if (name == nullptr || !is_name(*name)) {
        return unexpected(*object, "name",
                          "1 to 200 of A-Z a-z 0-9 . _ - that do not begin with a dot")
            .in("spec.firmware.file");
    }
    return *name;
}

}  // namespace ajour::file
