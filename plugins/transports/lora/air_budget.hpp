// SPDX-License-Identifier: Apache-2.0
// Whether a downlink may be sent now: per device, per application, and for all that one network's
// gateways may use of their band. Pure: time comes from the caller.
#pragma once

#include <ajour/sdk/device.hpp>

#include "air_meter.hpp"

#include <chrono>
#include <cstddef>
#include <cstdint>
#include <functional>
#include <optional>
#include <string>
#include <unordered_map>

namespace ajour::lora {

/// Air time that each may use in an hour; zero: as much as it likes.
struct Allowance {
    std::chrono::microseconds device{0};
    std::chrono::microseconds application{0};
    std::chrono::microseconds network{0};  ///< the band's duty cycle
    std::size_t devices_max = 100'000;     ///< devices that are kept account of
    std::size_t applications_max = 1'000;
    /// The duty cycle of the second window's band; nothing: it is in that of the first.
    std::optional<std::chrono::microseconds> second_network{};
};

/// Of one thread, or under a lock.
class AirBudget {
public:
    using Instant = AirMeter::Instant;
    /// Who says that it does not fit.
    enum class Bound : std::uint8_t { None, Device, Application, Network, Never };

    /// Of which window's band the air time is.
    enum class Band : std::uint8_t { First, Second };

    struct Verdict {
        Bound bound = Bound::None;  ///< None: it fits, and is counted. Never: no hour is enough.
        Instant fits_at{};          ///< when it fits, as far as is known now
    };

    explicit AirBudget(const Allowance& allowance) noexcept : allowance_(allowance) {}

    /// Takes the air time of a downlink when all three have it, else nothing. Whoever finds a table
    /// full of devices or applications that used some of the last hour waits for one to go.
    Verdict take(const sdk::DeviceView& device, std::chrono::microseconds time, Instant now,
                 Band band = Band::First);

    /// What `take` took at `then` was not used.
    void give_back(const sdk::DeviceView& device, std::chrono::microseconds time, Instant then,
                   Band band = Band::First);

    std::size_t devices() const noexcept { return devices_.size(); }

private:
    struct TextHash {
        using is_transparent = void;
        std::size_t operator()(std::string_view text) const noexcept {
            return std::hash<std::string_view>{}(text);
        }
    };
    using Devices = std::unordered_map<sdk::DeviceId, AirMeter, sdk::DeviceHash, sdk::DeviceEqual>;
    using Applications = std::unordered_map<std::string, AirMeter, TextHash, std::equal_to<>>;

    AirMeter* device_meter(const sdk::DeviceView& device, Instant now);
    AirMeter* application_meter(std::string_view application, Instant now);

    const Allowance allowance_;
    AirMeter network_;
    AirMeter second_network_;
    Devices devices_;
    Applications applications_;
    Instant cleared_devices_{};
    Instant cleared_applications_{};
};

}  // namespace ajour::lora
