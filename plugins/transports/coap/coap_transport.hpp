// SPDX-License-Identifier: Apache-2.0
// The transport: settings in, loops on their sockets out.
#pragma once

#include <ajour/sdk/transport.hpp>

#include "limits.hpp"
#include "loop.hpp"
#include "metrics.hpp"

#include <memory>
#include <string>
#include <vector>

namespace ajour::coap {

class CoapTransport final : public sdk::Transport {
public:
    explicit CoapTransport(sdk::Host& host);
    ~CoapTransport() override;

    sdk::Result<void> start(sdk::Inbox& inbox) override;
    void stop() override;

private:
    sdk::Result<void> open(sdk::Inbox& inbox);
    void announce() const;

    sdk::Host& host_;
    const std::size_t threads_;
    const Limits limits_;
    Metrics metrics_;
    std::vector<std::unique_ptr<Loop>> loops_;
};

}  // namespace ajour::coap
