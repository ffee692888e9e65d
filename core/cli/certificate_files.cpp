// SPDX-License-Identifier: Apache-2.0
#include "cli/certificate_files.hpp"

#include "certificates/certificates.hpp"
#include "cli/options.hpp"
#include "digest/base64.hpp"

#include <fstream>

namespace ajour::cli {

namespace {

constexpr std::size_t file_max = 256 * 1024;

struct Pem {
    std::string text;
    std::vector<certificates::Names> names;
};

Pem read_pem(const std::string& file) {
    std::ifstream input(file, std::ios::binary);
    if (!input) throw Failure("reading the certificate " + file + ": it cannot be opened");
    Pem pem;
    pem.text.resize(file_max);
    input.read(pem.text.data(), static_cast<std::streamsize>(file_max));
    pem.text.resize(static_cast<std::size_t>(input.gcount()));
    auto names = certificates::names_in(pem.text);
    if (!names) throw Failure("reading the certificate " + file + ": " + names.error().text);
    pem.names = *std::move(names);
    return pem;
}

}  // namespace

Json trust_anchors_of(const std::vector<std::string>& files) {
    auto anchors = Json::array();
    for (const auto& file : files) {
        const auto pem = read_pem(file);
        anchors.push_back({{"certificate", digest::encode_base64(sdk::bytes_of(pem.text))}});
    }
    return {{"anchors", anchors}};
}

Json certificate_credential(const std::string& file) {
    return {{"cert", read_pem(file).names.front().subject}};
}

}  // namespace ajour::cli
