// SPDX-License-Identifier: Apache-2.0
#include "fate.hpp"

#include <algorithm>

namespace ajour::lorawan {

std::string printable(std::string text) {
    constexpr std::size_t most = 80;
    text.resize(std::min(text.size(), most));
    std::ranges::replace_if(
        text, [](char c) { return c < ' ' || c > '~'; }, '?');
    return text;
}

}  // namespace ajour::lorawan
