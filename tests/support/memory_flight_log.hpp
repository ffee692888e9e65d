// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "fleet/flight_log.hpp"

#include <map>
#include <mutex>

namespace ajour::support {

class MemoryFlightLog final : public fleet::FlightLog {
public:
    sdk::Result<void> save(std::span<const Row> rows) override {
        const std::lock_guard lock(mutex_);
        if (fails_) return sdk::Error{sdk::ErrorKind::Full, "no space left on device"};
        for (const auto& [device, text] : rows) rows_[device] = text;
        return {};
    }
    std::optional<std::string> load(const sdk::DeviceId& device) override {
        const std::lock_guard lock(mutex_);
        const auto found = rows_.find(device);
        if (found == rows_.end()) return std::nullopt;
        return found->second;
    }
    void fail(bool fails) {
        const std::lock_guard lock(mutex_);
        fails_ = fails;
    }

private:
    std::mutex mutex_;  // guards all below
    std::map<sdk::DeviceId, std::string> rows_;
    bool fails_ = false;
};

}  // namespace ajour::support
