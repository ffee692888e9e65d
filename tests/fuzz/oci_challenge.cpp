// SPDX-License-Identifier: Apache-2.0
// Any bytes as WWW-Authenticate, as Link, and as a token server's answer: what comes out is in its
// bounds and fit for where it goes.
#include "distribution/challenge.hpp"
#include "distribution/link_header.hpp"
#include "distribution/token_answer.hpp"

#include <algorithm>
#include <cstdint>
#include <cstdlib>
#include <string_view>

namespace {

using namespace ajour::oci;

void require(bool holds) {
    if (!holds) std::abort();
}

bool is_printable(std::string_view text) {
    return std::all_of(text.begin(), text.end(), [](char c) { return c > 0x20 && c < 0x7f; });
}

void read_challenges(std::string_view text) {
    const auto challenges = parse_challenges(text);
    require(challenges.size() <= 8);
    for (const auto& challenge : challenges) {
        require(!challenge.scheme.empty() && is_printable(challenge.scheme));
        require(challenge.parameters.size() <= 16);
        for (const auto& [name, value] : challenge.parameters) {
            require(!name.empty() && is_printable(name) && value.size() <= text.size());
            require(challenge.parameter(name) == value);
        }
    }
}

void read_link(std::string_view text) {
    const auto target = local_target(next_link(text), "https://registry.example");
    require(target.empty() || (target.starts_with("/v2/") && is_printable(target)));
}

void read_token(std::string_view text) {
    const auto answer = parse_token_answer(text);
    if (!answer) return require(!answer.error().text.empty());
    require(!answer->token.empty() && is_printable(answer->token));
    require(answer->good_for.count() > 0 && answer->good_for.count() <= 86'400);
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    const std::string_view text(reinterpret_cast<const char*>(data), size);
    read_challenges(text);
    read_link(text);
    read_token(text);
    return 0;
}
