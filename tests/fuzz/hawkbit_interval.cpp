// SPDX-License-Identifier: Apache-2.0
// Any bytes as hawkBit's poll interval: a time that can be added to another, or a short error.
#include "interval.hpp"

#include <cstdint>
#include <cstdlib>
#include <string_view>

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    const std::string_view text(reinterpret_cast<const char*>(data), size);
    const auto interval = ajour::hawkbit::parse_interval(text);
    const bool right = interval ? interval->count() >= 0 && interval->count() <= 3'162'240'000
                                : interval.error().text.size() <= 200;
    if (!right) std::abort();
    return 0;
}
