// SPDX-License-Identifier: Apache-2.0
// The transport: settings in, loops on their sockets out.
#pragma once

#include <ajour/sdk/transport.hpp>

#include "loop.hpp"

#include <memory>
#include <string>
#include <string_view>
#include <vector>

namespace ajour::coap {

class CoapTransport final : public sdk::Transport, private sdk::Reloadable {
public:
    /// Throws when the settings contradict each other, or a file of TLS is not what it should be.
    explicit CoapTransport(sdk::Host& host);
    ~CoapTransport() override;

    sdk::Result<void> start(sdk::Inbox& inbox) override;
    void stop() override;
    sdk::Reloadable* reloadable() noexcept override { return this; }

private:
    /// Certificate and key, of sessions that begin from then on.
    sdk::Result<std::vector<std::string>> reload(const sdk::Settings& settings) override;
    sdk::Result<void> open(sdk::Inbox& inbox);
    sdk::Result<std::uint16_t> open_plain();
    sdk::Result<std::uint16_t> open_secured(sdk::Inbox& inbox);
    sdk::Result<std::vector<UdpSocket>> sockets(std::string_view port_key);
    void announce(const std::string& scheme, std::uint16_t port, const char* file) const;
    void warn() const;

    sdk::Host& host_;
    const std::size_t threads_;
    const Limits limits_;
    const Limits secured_limits_;
    const SessionLimits session_limits_;
    const DtlsSettings tls_;
    const bool is_plain_;
    Metrics metrics_;
    std::vector<std::unique_ptr<Loop>> loops_;
    std::vector<DtlsServer*> servers_;  ///< of the loops
};

}  // namespace ajour::coap
