// SPDX-License-Identifier: Apache-2.0
// One answer as it arrives: its head first, then its body where that belongs. Nothing here throws,
// since C code calls it.
#pragma once

#include <ajour/sdk/bytes.hpp>
#include <ajour/sdk/result.hpp>

#include "body.hpp"
#include "head.hpp"

#include <cstdint>
#include <optional>
#include <string_view>

namespace ajour::http_client {

class Answer {
public:
    Answer(std::size_t headers_max, Body& body) noexcept : head_(headers_max), body_(body) {}

    /// False: the transfer must end; `failure` or `has_enough` says why.
    bool header(std::string_view line) noexcept;
    bool body(sdk::ByteView bytes) noexcept;

    /// The transport says that all has come.
    sdk::Result<void> end();

    const std::optional<sdk::Error>& failure() const noexcept { return failure_; }
    bool has_enough() const noexcept { return enough_; }
    std::uint64_t received() const noexcept { return received_; }
    Head& head() noexcept { return head_; }

private:
    sdk::Result<void> take_header(std::string_view line);
    sdk::Result<Flow> take_body(sdk::ByteView bytes);

    Head head_;
    Body& body_;
    std::uint64_t received_ = 0;  // bytes of all kinds
    bool enough_ = false;
    std::optional<sdk::Error> failure_;
};

}  // namespace ajour::http_client
