// SPDX-License-Identifier: Apache-2.0
// Status and headers of an answer, line by line, bounded. Pure.
#pragma once

#include <ajour/sdk/result.hpp>

#include "message.hpp"

#include <cstddef>
#include <string_view>
#include <vector>

namespace ajour::http_client {

class Head {
public:
    /// `bytes_max` holds for all lines together, also those of interim answers and trailers.
    explicit Head(std::size_t bytes_max) noexcept : bytes_max_(bytes_max) {}

    /// The next line, with its end. Full: over the bound; Malformed: no line of HTTP's.
    sdk::Result<void> take(std::string_view line);

    /// The empty line after the headers of an answer that is not an interim one was taken.
    bool is_complete() const noexcept { return complete_; }

    int status() const noexcept { return status_; }
    std::vector<Header>& headers() noexcept { return headers_; }
    const std::vector<Header>& headers() const noexcept { return headers_; }

private:
    sdk::Result<void> begin(std::string_view line);
    sdk::Result<void> add(std::string_view line);
    void end() noexcept { complete_ = status_ >= 200; }

    const std::size_t bytes_max_;
    std::size_t bytes_ = 0;
    int status_ = 0;
    bool complete_ = false;
    std::vector<Header> headers_;
};

}  // namespace ajour::http_client
