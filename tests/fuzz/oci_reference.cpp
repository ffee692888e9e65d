// SPDX-License-Identifier: Apache-2.0
// Any bytes as an image's name, a prefix and a target: no name leads away from its prefix, and what
// was read can be written and read again.
#include "origin.hpp"
#include "reference.hpp"
#include "target_spec.hpp"

#include <cstdint>
#include <cstdlib>
#include <string>
#include <string_view>

namespace {

using namespace ajour::oci;

constexpr std::size_t sentence_max = 1024;

void require(bool holds) {
    if (!holds) std::abort();
}

template <typename T>
void require_sentence(const ajour::sdk::Result<T>& result) {
    require(!result.error().text.empty() && result.error().text.size() <= sentence_max);
}

void name_below(const Prefix& prefix, std::string_view name) {
    const auto image = image_below(prefix, name);
    if (!image) return require_sentence(image);
    require(image->host == prefix.host && image->repository.starts_with(prefix.path));
    require(is_repository(image->repository));
    require(image->tag.empty() || is_tag(image->tag));
    const auto again = parse_reference(image->text());
    require(again && *again == *image);
}

void read_prefix(std::string_view text) {
    const auto prefix = parse_prefix(text);
    if (!prefix) return require_sentence(prefix);
    require(prefix->host + '/' + prefix->path == text);
    require(prefix->host.find_first_of("/@?# \\") == std::string::npos);
}

void read_spec(std::string_view text) {
    const auto spec = parse_target_spec(text);
    if (!spec) return require_sentence(spec);
    require(!spec->image.empty());
    name_below({"registry.example", "acme/"}, spec->image);
}

void read_origin(std::string_view text) {
    const auto origin = parse_origin(text);
    if (!origin) return require_sentence(origin);
    const auto again = parse_origin(origin->text());
    require(again && *again == *origin);
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    const std::string_view text(reinterpret_cast<const char*>(data), size);
    name_below({"registry.example", "acme/"}, text);
    name_below({"docker.io", ""}, text);
    read_prefix(text);
    read_spec(text);
    read_origin(text);
    return 0;
}
