// SPDX-License-Identifier: Apache-2.0
// How an answer finds its way back: at once on the network thread, or later from any.
#pragma once

#include <ajour/sdk/transport.hpp>

#include "outlet.hpp"

#include <memory>

namespace ajour::mqtt_client {

/// Lives on the network thread's stack while the host takes a status.
class TurnReply final : public sdk::Reply {
public:
    /// The topic and the correlation data of the answer live as long as this.
    TurnReply(Outlet& outlet, const std::string& topic, sdk::ByteView correlation) noexcept
        : outlet_(outlet), topic_(topic), correlation_(correlation) {}

    void send(sdk::ByteView command) noexcept override;
    void refuse(sdk::ErrorKind kind) noexcept override;
    std::unique_ptr<sdk::Reply> later() noexcept override;

private:
    Outlet& outlet_;
    const std::string& topic_;
    sdk::ByteView correlation_;
    bool used_ = false;
};

}  // namespace ajour::mqtt_client
