// SPDX-License-Identifier: Apache-2.0
// Start-up may throw: main catches once and says the sentence.
#pragma once

#include <ajour/sdk/result.hpp>

#include <stdexcept>
#include <string_view>
#include <utility>

namespace ajour::app {

template <typename T>
T or_throw(sdk::Result<T> result, std::string_view doing) {
    if (!result) throw std::runtime_error(result.error().in(doing).text);
    if constexpr (!std::is_void_v<T>) return std::move(*result);
}

}  // namespace ajour::app
