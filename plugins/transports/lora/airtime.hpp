// SPDX-License-Identifier: Apache-2.0
// Whether a command may go out as a downlink now; when not, people are told why and until when.
// [any]
#pragma once

#include <ajour/sdk/host.hpp>
#include <ajour/sdk/transport.hpp>

#include "air_budget.hpp"
#include "air_metrics.hpp"
#include "answer_window.hpp"

#include <chrono>
#include <cstddef>
#include <functional>
#include <mutex>
#include <optional>

namespace ajour::lora {

/// Late replies share it, and may outlive all else of a transport but the host's metrics.
class Airtime {
public:
    using Clock = std::function<AirBudget::Instant()>;
    struct Service {
        Allowance allowance;
        AirMetrics metrics;
        sdk::Host& host;
        Clock clock;
        sdk::Inbox& inbox;  // which is told of what waits for air time
    };

    explicit Airtime(Service service);

    /// Takes the air time of a command of so many bytes, and says when; nothing: it is not sent,
    /// and its device's next uplink is answered anew.
    std::optional<AirBudget::Instant> take(const sdk::DeviceView& device, const Window& window,
                                           std::size_t bytes) noexcept;

    /// The command that was taken for at `then` was never on the air.
    void give_back(const sdk::DeviceView& device, const Window& window, std::size_t bytes,
                   AirBudget::Instant then);

    /// From one full downlink in this window to the next, by the budget; zero: no bound.
    std::chrono::milliseconds pace(const Window& window) const noexcept;

    /// From now on nothing may be sent any more.
    void end() noexcept;

private:
    bool fits(const sdk::DeviceView& device, const Window& window, std::size_t bytes);
    std::optional<AirBudget::Verdict> count(const sdk::DeviceView& device, const Window& window,
                                            std::size_t bytes);
    void say_when(const sdk::DeviceView& device, const AirBudget::Verdict& verdict);
    void tell(const sdk::DeviceView& device, const AirBudget::Verdict& verdict);

    Service service_;
    std::mutex mutex_;  // guards all below
    AirBudget budget_;
    bool ended_ = false;
};

}  // namespace ajour::lora
