// SPDX-License-Identifier: Apache-2.0
#include "certificate_name.hpp"

#include <mbedtls/oid.h>
#include <mbedtls/x509.h>

#include <array>
#include <string_view>

namespace ajour::coap {
namespace {

constexpr std::string_view special = ",+\"\\<>;";

bool is_text(int tag) noexcept {
    return tag == MBEDTLS_ASN1_UTF8_STRING || tag == MBEDTLS_ASN1_PRINTABLE_STRING ||
           tag == MBEDTLS_ASN1_IA5_STRING;
}

std::string in_hex(char byte) {
    constexpr std::string_view digits = "0123456789ABCDEF";
    const auto value = static_cast<unsigned char>(byte);
    return {'\\', digits[value >> 4], digits[value & 15U]};
}

std::string escaped(std::string_view value) {
    std::string text;
    for (std::size_t i = 0; i < value.size(); ++i) {
        const char letter = value[i];
        const bool is_at_edge =
            (letter == ' ' && (i == 0 || i + 1 == value.size())) || (letter == '#' && i == 0);
        if (static_cast<unsigned char>(letter) < 0x20 || letter == 0x7f) {
            text += in_hex(letter);
            continue;
        }
        if (is_at_edge || special.find(letter) != std::string_view::npos) text += '\\';
        text += letter;
    }
    return text;
}

}  // namespace

std::string name_text(const mbedtls_asn1_named_data& name) {
    std::string text;
    bool is_merged = false;
    for (const auto* part = &name; part != nullptr; part = part->next) {
        if (part->oid.p == nullptr) continue;
        const char* type = nullptr;
        const bool is_known = mbedtls_oid_get_attr_short_name(&part->oid, &type) == 0;
        if (!is_known || !is_text(part->val.tag)) return {};
        if (!text.empty()) text += is_merged ? " + " : ", ";
        text += type;
        text += '=';
        text += escaped({reinterpret_cast<const char*>(part->val.p), part->val.len});
        is_merged = part->next_merged != 0;
    }
    return text;
}

}  // namespace ajour::coap
