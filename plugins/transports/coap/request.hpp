// SPDX-License-Identifier: Apache-2.0
// What the options of a request say. Pure, allocates nothing.
#pragma once

#include "answer.hpp"
#include "block.hpp"
#include "message.hpp"
#include "query.hpp"

#include <cstddef>
#include <optional>
#include <span>
#include <string_view>

namespace ajour::coap {

/// A request's options. The views point into the datagram.
struct Request {
    std::size_t path_segments = 0;
    std::string_view version;  ///< first segment of the path
    std::string_view channel;  ///< second segment
    sender::Query query;
    std::optional<std::span<char>> authorization;
    std::optional<std::uint32_t> content_format;
    std::optional<std::uint32_t> accept;
    std::optional<Block> block1;
    std::optional<Block> block2;
    std::optional<std::uint32_t> size1;
    sdk::ByteView echo;
    const Answer* problem = nullptr;  ///< why the request cannot be served as it is
};

/// Reads all options of a message that lies in `datagram`, and decodes queries in place.
Request read_request(const Message& message, std::span<std::uint8_t> datagram) noexcept;

}  // namespace ajour::coap
