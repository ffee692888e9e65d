// SPDX-License-Identifier: Apache-2.0
// How commands get to devices.
#pragma once

#include <ajour/sdk/transport.hpp>

#include <string>
#include <string_view>

namespace ajour::drogue {

/// A device, and the name of its command.
struct Address {
    std::string_view application;
    std::string_view device;
    std::string_view command;
};

/// Used by the one thread that reads events.
class Delivery {
public:
    virtual ~Delivery() = default;

    /// Whether a command can be sent there at all; the next `submit` is for the same address.
    virtual bool reaches(const Address& address) = 0;
    /// Hands a status over with a reply that goes there. Its room is bounded further.
    virtual void submit(sdk::Message& status, const Address& address, sdk::Inbox& inbox) = 0;
};

}  // namespace ajour::drogue
