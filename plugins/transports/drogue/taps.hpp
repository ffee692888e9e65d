// SPDX-License-Identifier: Apache-2.0
// The WebSocket integration: a thread with a connection for each application.
#pragma once

#include <ajour/sdk/host.hpp>

#include "applications.hpp"
#include "backoff.hpp"
#include "drogue_access/access.hpp"
#include "metrics.hpp"
#include "statuses.hpp"
#include "tap.hpp"

#include <boost/asio/steady_timer.hpp>

#include <chrono>
#include <cstddef>
#include <map>
#include <memory>
#include <random>
#include <string>
#include <thread>

namespace ajour::drogue {

struct TapSettings {
    WebSocketAddress address;
    std::string ca_file;  ///< PEM; empty: the system's certificates
    std::string channel;  ///< empty: all
    std::string group;    ///< empty: none
    std::size_t most = 0;
    std::size_t event_bytes = 0;
    std::chrono::milliseconds connect{0};
    std::chrono::milliseconds least_delay{0};
    std::chrono::milliseconds most_delay{0};
};

class Taps final : private TapListener {
public:
    struct Service {
        const TapSettings& settings;
        Applications& applications;
        drogue_access::Access& access;
        Statuses& statuses;
        Metrics& metrics;
        sdk::Host& host;
    };

    /// Throws when the certificates cannot be read.
    explicit Taps(const Service& service);
    /// Ends all connections and the thread.
    ~Taps() override;

    void spawn();

private:
    using Clock = std::chrono::steady_clock;

    struct Branch {
        std::shared_ptr<Tap> tap;  ///< null: it is tried again at `again`
        mqtt_client::Backoff backoff;
        Clock::time_point again{};
        bool open = false;
        drogue_access::Proof shown;  ///< that the cloud knows, or refused
    };

    void run() noexcept;
    void tick();
    void follow_list();
    void tend(const std::string& application, Branch& branch);
    void open(const std::string& application, Branch& branch);
    void count_open() noexcept;

    void opened(const std::string& application) override;
    void arrived(const std::string& application, std::string_view text) override;
    void refused(const std::string& application, unsigned status) override;
    void ended(const std::string& application, const std::string& why) override;

    const Service service_;
    std::map<std::string, Branch> branches_;
    sdk::Result<drogue_access::Proof> proof_{drogue_access::Proof()};  // as of the last tick
    std::mt19937 chance_{std::random_device{}()};
    boost::asio::ssl::context tls_{boost::asio::ssl::context::tls_client};
    boost::asio::io_context io_{1};  // ends before what its connections speak to
    boost::asio::steady_timer timer_{io_};
    std::thread thread_;
};

}  // namespace ajour::drogue
