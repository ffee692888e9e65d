// SPDX-License-Identifier: Apache-2.0
// Commands that wait for the network thread, or for the broker to take those before them.
#pragma once

#include <ajour/sdk/bytes.hpp>
#include <ajour/sdk/host.hpp>

#include "doorbell.hpp"

#include <cstddef>
#include <cstdint>
#include <deque>
#include <mutex>
#include <optional>
#include <string>

namespace ajour::mqtt_client {

/// A command on its way to a device.
struct Command {
    std::string topic;
    sdk::Bytes payload;
    sdk::Bytes correlation;  ///< what the device wants back with it (MQTT 5)

    std::size_t bytes() const noexcept {
        return topic.size() + payload.size() + correlation.size();
    }
};

/// Bounded in number and in bytes. What finds no room is dropped and counted: its device asks
/// again. Late replies share it, and may outlive all else of the transport. [any]
class Outbox {
public:
    struct Bounds {
        std::size_t commands = 0;
        std::size_t bytes = 0;
    };

    Outbox(Bounds bounds, sdk::Metric& queued, sdk::Metric& dropped) noexcept
        : bounds_(bounds), queued_(queued), dropped_(dropped) {}

    /// Takes a command and wakes the network thread.
    void push(Command command) noexcept;
    std::optional<Command> pop();
    bool is_empty() const;

    /// While there is a connection. What is left at its end is stale, and dropped.
    void open();
    void close() noexcept;
    /// The transport stops: from now on nothing happens any more.
    void end() noexcept;

    Doorbell& doorbell() noexcept { return doorbell_; }

private:
    enum class State : std::uint8_t { Closed, Open, Ended };

    bool admit(Command& command);
    void clear() noexcept;

    const Bounds bounds_;
    sdk::Metric& queued_;
    sdk::Metric& dropped_;
    Doorbell doorbell_;
    mutable std::mutex mutex_;  // guards all below
    State state_ = State::Closed;
    std::deque<Command> commands_;
    std::size_t bytes_ = 0;
};

}  // namespace ajour::mqtt_client
