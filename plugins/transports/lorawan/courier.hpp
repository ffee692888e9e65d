// SPDX-License-Identifier: Apache-2.0
// How a downlink gets to the network server.
#pragma once

#include <string>

namespace ajour::lorawan {

/// A message on its way there.
struct Letter {
    std::string target;  ///< a topic, or a URL
    std::string body;
    std::string address;  ///< of its device, as Uplink::address

    std::size_t bytes() const noexcept { return target.size() + body.size() + address.size(); }
};

/// May outlive the transport, and does nothing then. [any]
class Courier {
public:
    virtual ~Courier() = default;

    /// Takes it at once; what finds no room is dropped and counted.
    virtual void send(Letter letter) noexcept = 0;
};

}  // namespace ajour::lorawan
