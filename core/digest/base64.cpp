// SPDX-License-Identifier: Apache-2.0
#include "digest/base64.hpp"

#include <openssl/evp.h>

#include <algorithm>

namespace ajour::digest {

namespace {

constexpr std::string_view alphabet =
    "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";

std::size_t padding_of(std::string_view text) {
    if (text.ends_with("==")) return 2;
    return text.ends_with("=") ? 1 : 0;
}

}  // namespace

std::optional<sdk::Bytes> decode_base64(std::string_view text) {
    const auto padding = padding_of(text);
    const auto digits = text.substr(0, text.size() - padding);
    if (text.size() % 4 != 0 || digits.find_first_not_of(alphabet) != digits.npos)
        return std::nullopt;
    sdk::Bytes bytes(text.size() / 4 * 3);
    const auto taken =
        EVP_DecodeBlock(bytes.data(), reinterpret_cast<const unsigned char*>(text.data()),
                        static_cast<int>(text.size()));
    if (taken < 0) return std::nullopt;
    bytes.resize(static_cast<std::size_t>(taken) - padding);
    return bytes;
}

std::string encode_base64(sdk::ByteView bytes) {
    std::string text((bytes.size() + 2) / 3 * 4 + 1, '\0');  // OpenSSL ends it with a zero
    const int length = EVP_EncodeBlock(reinterpret_cast<unsigned char*>(text.data()), bytes.data(),
                                       static_cast<int>(bytes.size()));
    text.resize(static_cast<std::size_t>(length));
    return text;
}

}  // namespace ajour::digest
