// SPDX-License-Identifier: Apache-2.0
// The transport: settings in, a listener and its loops out.
#pragma once

#include <ajour/sdk/transport.hpp>

#include "limits.hpp"
#include "listener.hpp"
#include "loop.hpp"
#include "metrics.hpp"
#include "tls.hpp"

#include <memory>
#include <vector>

namespace ajour::http {

class HttpTransport final : public sdk::Transport {
public:
    /// Throws when the settings contradict each other.
    explicit HttpTransport(sdk::Host& host);
    ~HttpTransport() override;

    sdk::Result<void> start(sdk::Inbox& inbox) override;
    void stop() override;

private:
    sdk::Result<void> load_tls();
    sdk::Result<void> open(sdk::Inbox& inbox);
    void announce() const;
    void close_listener();

    sdk::Host& host_;
    const Limits limits_;
    const TlsFiles files_;
    Metrics metrics_;
    const std::shared_ptr<Places> places_;
    SslContext tls_;
    std::vector<std::shared_ptr<Loop>> loops_;
    std::unique_ptr<Listener> listener_;
};

}  // namespace ajour::http
