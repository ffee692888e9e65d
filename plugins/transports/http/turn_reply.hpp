// SPDX-License-Identifier: Apache-2.0
// How an answer finds its way back to a connection: at once from the stack, or later from any
// thread.
#pragma once

#include <ajour/sdk/transport.hpp>

#include <cstdint>
#include <memory>

namespace ajour::http {

class Connection;

/// Lives on the stack while the host takes a status.
class TurnReply final : public sdk::Reply {
public:
    TurnReply(Connection& connection, std::uint64_t turn) noexcept
        : connection_(connection), turn_(turn) {}

    void send(sdk::ByteView command) noexcept override;
    void refuse(sdk::ErrorKind kind) noexcept override;
    std::unique_ptr<sdk::Reply> later() noexcept override;

    bool was_answered() const noexcept { return answered_; }
    bool was_deferred() const noexcept { return deferred_; }

private:
    Connection& connection_;
    std::uint64_t turn_;
    bool answered_ = false;
    bool deferred_ = false;
};

}  // namespace ajour::http
