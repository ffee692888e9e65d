// SPDX-License-Identifier: Apache-2.0
// Which devices have a downlink that waits in the network server, where none takes its place.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <unordered_set>

namespace ajour::lorawan {

/// A downlink that comes too late for its window goes out after the next uplink. Were that uplink
/// answered as well, each later one would be answered one too late, for ever. Of one thread, or
/// under a lock.
class WaitingDownlinks {
public:
    explicit WaitingDownlinks(std::size_t most) noexcept : most_(most) {}

    /// A downlink goes to the server. Beyond `most` devices nothing is remembered.
    void sent(const std::string& device) {
        if (devices_.size() < most_) devices_.insert(device);
    }
    /// A gateway has sent it.
    void gone(const std::string& device) { devices_.erase(device); }
    /// Whether the one that waits is the answer to an uplink that came now; it goes with it.
    bool take(const std::string& device) { return devices_.erase(device) > 0; }

private:
    const std::size_t most_;
    std::unordered_set<std::string> devices_;
};

}  // namespace ajour::lorawan
