// SPDX-License-Identifier: Apache-2.0
// Which commands end the connection. With MQTT 3.1.1 the cloud has no other way to say that it does
// not like one, and the event that asked for it may come again after each reconnect. Pure.
#pragma once

#include <chrono>
#include <cstddef>
#include <string>
#include <unordered_map>
#include <vector>

namespace ajour::drogue {

/// A topic whose command was on its way each of several times that the connection broke, and was
/// never taken in between, gets none for a while. What finds no room is not remembered.
class Suspects {
public:
    using Moment = std::chrono::steady_clock::time_point;

    explicit Suspects(std::chrono::milliseconds pause) noexcept : pause_(pause) {}

    /// The connection broke with these on their way.
    void accuse(const std::vector<std::string>& topics, Moment now);
    /// The broker took a command.
    void acquit(const std::string& topic) noexcept {
        if (!known_.empty()) known_.erase(topic);
    }
    bool must_wait(const std::string& topic, Moment now) noexcept;

private:
    static constexpr int times = 3;
    static constexpr std::size_t most = 1000;

    struct Record {
        int times = 0;
        Moment until{};
    };

    const std::chrono::milliseconds pause_;
    std::unordered_map<std::string, Record> known_;
};

}  // namespace ajour::drogue
