// SPDX-License-Identifier: Apache-2.0
#include "signature/trusted_keys.hpp"

#include <fstream>
#include <iterator>
#include <string>
#include <utility>

namespace ajour::oci {

using sdk::Error;
using sdk::ErrorKind;
using sdk::Result;

namespace {

constexpr std::size_t KeysMax = 16;
constexpr std::size_t PemBytes = 64U << 10;
constexpr std::string_view Begin = "-----BEGIN ";

}  // namespace

Result<TrustedKeys> parse_keys(std::string_view pem) {
    if (pem.size() > PemBytes) {
        return Error{ErrorKind::Malformed, "more than " + std::to_string(PemBytes) + " bytes"};
    }
    if (pem.find("PRIVATE KEY-----") != std::string_view::npos) {
        return Error{ErrorKind::Refused, "it holds a private key: give the public one"};
    }
    TrustedKeys keys;
    for (auto at = pem.find(Begin); at != std::string_view::npos;) {
        const auto next = pem.find(Begin, at + 1);
        const auto number = std::to_string(keys.size() + 1);
        if (keys.size() == KeysMax) {
            return Error{ErrorKind::Malformed, "more than " + std::to_string(KeysMax) + " keys"};
        }
        auto key = PublicKey::parse(pem.substr(at, next - at));
        if (!key) return key.error().in("key " + number);
        keys.push_back(std::move(*key));
        at = next;
    }
    if (!keys.empty()) return keys;
    return Error{ErrorKind::Malformed, "no \"PUBLIC KEY\" in PEM in it"};
}

Result<TrustedKeys> read_keys(const std::filesystem::path& file) {
    std::ifstream in(file, std::ios::binary);
    if (!in) return Error{ErrorKind::NotFound, file.string() + " cannot be opened"};
    std::string text(PemBytes + 1, '\0');
    in.read(text.data(), static_cast<std::streamsize>(text.size()));
    if (in.bad()) return Error{ErrorKind::Unavailable, file.string() + " cannot be read"};
    text.resize(static_cast<std::size_t>(in.gcount()));
    auto keys = parse_keys(text);
    if (!keys) return keys.error().in(file.string());
    return keys;
}

}  // namespace ajour::oci
