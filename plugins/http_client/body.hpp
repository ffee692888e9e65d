// SPDX-License-Identifier: Apache-2.0
// Where the body of an answer goes. Decided when its head is complete. Pure but for the sink.
#pragma once

#include <ajour/sdk/bytes.hpp>
#include <ajour/sdk/result.hpp>

#include "head.hpp"

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>

namespace ajour::http_client {

enum class Flow : std::uint8_t {
    More,
    Enough,  ///< what else comes is of no use: the transfer may end here
};

class Body {
public:
    virtual ~Body() = default;

    /// Of each answer, once, before its first byte.
    virtual sdk::Result<void> begin(const Head& head) = 0;
    virtual sdk::Result<Flow> take(sdk::ByteView bytes) = 0;
    /// All was taken.
    virtual sdk::Result<void> end() { return {}; }
    /// What was kept in memory.
    virtual std::string& text() noexcept = 0;
    /// Whether the error that `take` gave came from whoever the bytes are for.
    virtual bool was_refused() const noexcept { return false; }
};

/// Keeps it in memory, and fails with Full when it is larger than its bound.
class KeptBody : public Body {
public:
    explicit KeptBody(std::size_t bytes_max) noexcept : bytes_max_(bytes_max) {}

    sdk::Result<void> begin(const Head& head) override;
    sdk::Result<Flow> take(sdk::ByteView bytes) override;
    std::string& text() noexcept override { return text_; }

private:
    const std::size_t bytes_max_;
    std::string text_;
};

/// Hands it to a sink when it is what was asked for, from byte `from` on; else keeps its beginning.
class StreamedBody : public Body {
public:
    StreamedBody(sdk::ByteSink& sink, std::uint64_t from) noexcept : sink_(sink), from_(from) {}

    sdk::Result<void> begin(const Head& head) override;
    sdk::Result<Flow> take(sdk::ByteView bytes) override;
    sdk::Result<void> end() override;
    std::string& text() noexcept override { return text_; }
    bool was_refused() const noexcept override { return refused_; }

private:
    sdk::Result<void> begin_rest(const Head& head);
    sdk::Result<Flow> keep(sdk::ByteView bytes);

    sdk::ByteSink& sink_;
    const std::uint64_t from_;
    bool wanted_ = false;
    bool refused_ = false;
    std::optional<std::uint64_t> announced_;  // bytes that a 206 promises and that have not come
    std::string text_;
};

}  // namespace ajour::http_client
