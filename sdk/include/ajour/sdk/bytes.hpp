// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <ajour/sdk/result.hpp>

#include <cstddef>
#include <cstdint>
#include <span>
#include <string_view>
#include <vector>

namespace ajour::sdk {

/// Bytes that the holder owns.
using Bytes = std::vector<std::uint8_t>;

/// Bytes that somebody else owns; the function that takes or gives one says for how long.
using ByteView = std::span<const std::uint8_t>;

/// The bytes of a text, for as long as the text lives.
inline ByteView bytes_of(std::string_view text) noexcept {
    return {reinterpret_cast<const std::uint8_t*>(text.data()), text.size()};
}

/// The same bytes seen as characters, for as long as the bytes live. They need not be UTF-8.
inline std::string_view text_of(ByteView bytes) noexcept {
    return {reinterpret_cast<const char*>(bytes.data()), bytes.size()};
}

/// Takes a stream of bytes in order. Implemented by the host, called by plugins.
class ByteSink {
public:
    virtual ~ByteSink() = default;

    /// Takes the next bytes. An error (Full: more than was announced, or no disk; Timeout: the host
    /// gave up) means: stop and return it. The view is not kept. [worker]
    [[nodiscard]] virtual Result<void> write(ByteView bytes) noexcept = 0;
};

}  // namespace ajour::sdk
