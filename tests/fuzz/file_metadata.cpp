// SPDX-License-Identifier: Apache-2.0
// Any bytes as NAME.json and as a target's spec: an error that fits on a screen, or values in their
// bounds.
#include "sources/file/metadata.hpp"

#include <algorithm>
#include <cstdint>
#include <cstdlib>
#include <string_view>

namespace {

using namespace ajour::file;

constexpr std::size_t sentence_max = 1024;

void require(bool holds) {
    if (!holds) std::abort();
}

template <typename T>
void require_sentence(const ajour::sdk::Result<T>& result) {
    require(!result.error().text.empty() && result.error().text.size() <= sentence_max);
    require(result.error().kind == ajour::sdk::ErrorKind::Malformed);
}

void read_metadata(std::string_view text) {
    const auto metadata = parse_metadata(text);
    if (!metadata) return require_sentence(metadata);
    require(!metadata->version.empty() && metadata->version.size() <= 255);
    require(metadata->size >= 1 && metadata->size <= UINT32_MAX);
}

void read_target(std::string_view text) {
    const auto name = parse_target(text);
    if (!name) return require_sentence(name);
    require(is_name(*name) && name->front() != '.');
    require(std::none_of(name->begin(), name->end(), [](char c) { return c == '/' || c == '\0'; }));
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    const std::string_view text(reinterpret_cast<const char*>(data), size);
    read_metadata(text);
    read_target(text);
    return 0;
}
