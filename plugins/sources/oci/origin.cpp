// SPDX-License-Identifier: Apache-2.0
#include "origin.hpp"

#include "content/digest.hpp"
#include "reference.hpp"

#include <algorithm>
#include <array>
#include <charconv>

namespace ajour::oci {

using sdk::Error;
using sdk::ErrorKind;
using sdk::Result;

namespace {

constexpr std::string_view Default = ".";  // no name of an OCI registry has a dot

}  // namespace

std::string Origin::text() const {
    return std::string(in_files ? "files " : "blob ") +
           (registry.empty() ? std::string(Default) : registry) + ' ' + repository + ' ' + digest +
           ' ' + std::to_string(size);
}

Result<Origin> parse_origin(std::string_view text) {
    std::array<std::string_view, 5> words;
    for (auto& word : words) {
        word = text.substr(0, text.find(' '));
        text.remove_prefix(std::min(text.size(), word.size() + 1));
    }
    Origin origin{words[0] == "files", std::string(words[1] == Default ? "" : words[1]),
                  std::string(words[2]), std::string(words[3])};
    const auto* end = words[4].data() + words[4].size();
    const auto [stop, failure] = std::from_chars(words[4].data(), end, origin.size);
    const bool good = text.empty() && (origin.in_files || words[0] == "blob") &&
                      is_repository(origin.repository) && is_digest(origin.digest) &&
                      failure == std::errc() && stop == end;
    if (good) return origin;
    return Error{ErrorKind::Malformed, "the offer's origin is none of an OCI registry"};
}

}  // namespace ajour::oci
