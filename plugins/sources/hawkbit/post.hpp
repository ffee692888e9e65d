// SPDX-License-Identifier: Apache-2.0
// Sends the letters of the outbox, each until hawkBit took it or will never take it.
#pragma once

#include <ajour/sdk/result.hpp>

#include "world.hpp"

#include <cstddef>

namespace ajour::hawkbit {

/// One thread.
class Post {
public:
    explicit Post(World& world) : world_(world) {}

    /// Sends what is due, as far as time and hawkBit's limits allow; true when more is due now.
    sdk::Result<bool> send_due();

private:
    sdk::Result<bool> send_due(std::size_t connection);
    sdk::Result<void> send(std::size_t connection, const Letter& letter);
    sdk::Result<void> settle(std::size_t connection, const Letter& letter,
                             const http_client::Response& answer);
    void visit_soon(std::size_t connection, const Letter& letter);

    World& world_;
};

/// Seconds until a letter that failed that often is tried again. Pure.
std::int64_t retry_delay(int tries) noexcept;

}  // namespace ajour::hawkbit
