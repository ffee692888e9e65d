// SPDX-License-Identifier: Apache-2.0
// What is read of a CloudEvent 1.0 that Drogue Cloud makes of a device's message. Pure.
#pragma once

#include <ajour/sdk/bytes.hpp>
#include <ajour/sdk/result.hpp>

#include <cstdint>
#include <string>
#include <string_view>

namespace ajour::drogue {

/// One is used again and again, so that reading costs no memory of its own.
struct CloudEvent {
    /// What its data was.
    enum class Data : std::uint8_t { None, Bytes, Text, Json, Scalar };

    std::string specversion;
    std::string id;
    std::string type;
    std::string source;
    std::string subject;  ///< the channel; of a LoRaWAN gateway, the port
    std::string time;     ///< as the cloud wrote it; empty: none
    std::string application;
    std::string device;
    std::string sender;  ///< empty: the device itself

    Data data = Data::None;
    sdk::Bytes content;  ///< what the device sent, with its wrapping of base64 or JSON text undone

    // Of Json that is a message of The Things Stack.
    std::string uplink_payload;  ///< base64; empty: it is none
    std::uint32_t spreading_factor = 0;
    std::uint32_t bandwidth = 0;  ///< in Hz
    std::uint32_t bit_rate = 0;   ///< of FSK, in bit/s

    /// Where the attribute of that name belongs; null when it is not kept.
    std::string* attribute(std::string_view name) noexcept;
    /// Forgets all, and keeps the memory.
    void clear() noexcept;
    /// Whether it has what the specification requires, and names a device. Malformed says what not.
    sdk::Result<void> check() const;
};

}  // namespace ajour::drogue
