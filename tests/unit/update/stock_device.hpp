// SPDX-License-Identifier: Apache-2.0
// A device with the firmware manager of drogue-device since its commit 9ad6042a: `start` keeps the
// offset, a write must come at that offset, the state is in RAM, and nothing checks the digest.
#pragma once

#include "update/decide.hpp"

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

namespace ajour::update {

class StockDevice {
public:
    explicit StockDevice(std::uint32_t mtu) : mtu_(mtu) {}

    Claim claim() const;

    /// A block: `start` when it is the first, then `write`. False when the device refuses it.
    bool write(std::string_view version, std::uint32_t offset,
               const std::vector<std::uint8_t>& data);

    /// Boots what is in the flash, whatever it is.
    void swap(std::string_view version);

    /// Power off and on: all is forgotten but what runs.
    void reboot();

    const std::vector<std::uint8_t>& booted() const { return booted_; }
    const std::string& running() const { return running_; }

private:
    std::uint32_t mtu_;
    std::string running_ = "1";
    std::optional<std::string> next_version_;
    std::uint32_t next_offset_ = 0;
    std::vector<std::uint8_t> flash_, booted_;
};

}  // namespace ajour::update
