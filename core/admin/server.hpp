// SPDX-License-Identifier: Apache-2.0
// The admin server: HTTP for people, tools and other services. Never on the devices' path.
#pragma once

#include <ajour/sdk/host.hpp>
#include <ajour/sdk/result.hpp>
#include <ajour/sdk/transport.hpp>

#include "json/json.hpp"

#include <chrono>
#include <cstddef>
#include <cstdint>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace ajour::store {
class Objects;
class Tokens;
class Withdrawn;
}  // namespace ajour::store

namespace ajour::admin {

/// How one part of the host is; `reason` says in a sentence why it is not ready.
struct Readiness {
    std::string part;
    bool ready = true;
    std::string reason;
};

/// Who reads the metrics without a token.
enum class MetricsReader { Nobody, Local, Anyone };

struct ServerSettings {
    std::string host = "127.0.0.1";
    std::uint16_t port = 8088;  ///< 0: any free one
    int max_threads = 32;       ///< as many connections are served at once
    int max_waiting = 64;       ///< connections that are yet to ask, or wait for a thread
    std::size_t max_body = std::size_t{64} << 10;  ///< bytes of a request, but for hooks
    std::chrono::seconds keep_alive{5};
    std::chrono::seconds timeout{10};  ///< for a request to come in once it has begun
    MetricsReader metrics_reader = MetricsReader::Local;
};

/// What the routes work on. All of it outlives the server, and all calls come from several threads.
struct Dependencies {
    store::Objects& objects;
    store::Tokens& tokens;
    store::Withdrawn& withdrawn;
    std::string version;                                ///< of Ajour
    std::function<std::vector<Readiness>()> readiness;  ///< of each part
    std::function<std::string()> metrics;               ///< Prometheus text
    std::function<sdk::Result<void>(std::string_view plugin, const sdk::HookRequest&)> hook;
    /// Whether a device may log in: Refused, NotFound, Throttled, or why that is not known.
    std::function<sdk::Result<void>(const sdk::Message&)> login;
    std::function<Json()> status;  ///< further members for GET status, as an object; may be empty
    std::function<void()> withdrawn_changed;  ///< after the set changed; may be empty
    std::function<void(sdk::LogLevel, std::string_view)> log;  ///< may be empty
    /// Lists the updates that go on in an application: array by array, of which some are empty,
    /// then nothing. May be empty.
    std::function<std::function<std::optional<Json>()>(const std::string& application)> updates;
};

class Server {
public:
    /// Binds and starts to answer. Unavailable names address and reason.
    static sdk::Result<std::unique_ptr<Server>> start(const ServerSettings& settings,
                                                      Dependencies dependencies);
    ~Server();
    Server(const Server&) = delete;
    Server& operator=(const Server&) = delete;

    /// Closes all connections; on return nothing is called any more. Safe twice.
    void stop();

    std::uint16_t port() const noexcept;

private:
    struct Running;
    explicit Server(std::unique_ptr<Running> running);

    std::unique_ptr<Running> running_;
};

}  // namespace ajour::admin
