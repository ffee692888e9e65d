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

class HttpTransport final : public sdk::Transport, private sdk::Reloadable {
public:
    /// Throws when the settings contradict each other, or a file of TLS is not what it should be.
    explicit HttpTransport(sdk::Host& host);
    ~HttpTransport() override;

    sdk::Result<void> start(sdk::Inbox& inbox) override;
    void stop() override;
    sdk::Reloadable* reloadable() noexcept override { return this; }

private:
    /// Certificate and key, of connections that begin from then on.
    sdk::Result<std::vector<std::string>> reload(const sdk::Settings& settings) override;
    SslContext load_tls(const TlsFiles& files) const;
    sdk::Result<void> open(sdk::Inbox& inbox);
    void announce() const;
    void close_listener();

    sdk::Host& host_;
    const Limits limits_;
    Metrics metrics_;
    ServedContext tls_;
    std::vector<std::shared_ptr<Loop>> loops_;
    std::unique_ptr<Listener> listener_;
};

}  // namespace ajour::http
