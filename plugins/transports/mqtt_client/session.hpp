// SPDX-License-Identifier: Apache-2.0
// One connection to the broker, from the first byte to the last. Door of libmosquitto. One thread.
#pragma once

#include <ajour/sdk/bytes.hpp>
#include <ajour/sdk/result.hpp>

#include "options.hpp"
#include "packets.hpp"

#include <cstddef>
#include <memory>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

struct mosquitto;

namespace ajour::mqtt_client {

/// Who is told what happens in `turn`.
class SessionListener {
public:
    virtual ~SessionListener() = default;

    /// The broker has answered all subscriptions.
    virtual void ready() = 0;
    virtual void arrived(const Incoming& message) = 0;
    /// The broker took a command, or refused it for a reason.
    virtual void acknowledged(const std::string& topic, const char* refusal) = 0;
    virtual void not_granted(const std::string& filter, const std::string& why) = 0;
};

/// Made anew for each connection: nothing of an earlier one is left to be sent again, each
/// certificate is read afresh, and to be connected always means to be subscribed.
class Session {
public:
    struct Plan {
        const Options& options;
        Wishes wishes;
        const char* bind_address;  ///< picks an address family; null: the system's first choice
    };

    /// Around all use of sessions; each start has its stop.
    static sdk::Result<void> start_library();
    static void stop_library() noexcept;

    /// Begins to connect. Waits for nothing but the look-up of the broker's name.
    static sdk::Result<std::unique_ptr<Session>> open(Plan plan, SessionListener& listener);
    ~Session();

    int socket() const noexcept;
    short wanted_events() const noexcept;  ///< for poll(2)

    /// Reads, writes and keeps alive, after poll(2) gave these events. An Error is the end.
    sdk::Result<void> turn(short events);

    bool is_ready() const noexcept { return ready_; }
    /// Whether the broker did not believe who we are.
    bool is_login_refused() const noexcept { return login_refused_; }
    /// Whether another command may be in flight.
    bool has_room() const noexcept { return ready_ && inflight() < plan_.options.inflight; }
    std::size_t inflight() const noexcept { return inflight_.size(); }
    /// The topics of the commands that are in flight.
    std::vector<std::string> inflight_topics() const;
    /// The largest packet that the broker takes, in bytes.
    std::size_t packet_bytes() const noexcept { return packet_bytes_; }

    /// Asks for one more subscription, or gives one up, of a session that is ready.
    sdk::Result<void> subscribe(const std::string& filter);
    sdk::Result<void> unsubscribe(const std::string& filter);

    sdk::Result<void> publish(const Outgoing& message) noexcept;
    /// Says that the server goes, and ends the connection once all is written: `turn` errs then.
    void leave() noexcept;

private:
    struct Callbacks;

    Session(Plan plan, SessionListener& listener);

    sdk::Result<void> prepare();
    sdk::Result<void> prepare_login();
    sdk::Result<void> prepare_will();
    sdk::Result<void> prepare_tls();
    sdk::Result<void> connect();
    sdk::Result<void> subscribe_to_all();
    void announce(const std::string& state) noexcept;
    sdk::Error failure(int code) const;
    sdk::Error unwelcome() const;
    sdk::Error socket_failure() const;
    void fail(std::string text);

    const Plan plan_;
    SessionListener& listener_;
    mosquitto* handle_ = nullptr;
    bool connected_ = false;  ///< TCP
    bool welcomed_ = false;   ///< the broker answered
    bool ready_ = false;
    bool login_refused_ = false;
    std::unordered_map<int, std::string> asked_;     ///< subscriptions that were not answered yet
    std::unordered_map<int, std::string> inflight_;  ///< topics of commands, likewise
    std::size_t packet_bytes_;
    std::string fault_;      ///< what a callback found; ends the turn
    std::string complaint_;  ///< what libmosquitto logged last as an error
};

}  // namespace ajour::mqtt_client
