// SPDX-License-Identifier: Apache-2.0
// One status in, one command out: the story of a turn, and of a turn that must wait.
#pragma once

#include <ajour/sdk/transport.hpp>

#include "exchange/lanes.hpp"
#include "exchange/refusals.hpp"
#include "exchange/turn.hpp"
#include "fleet/fleet.hpp"
#include "protocol/command.hpp"
#include "work/crew.hpp"

#include <atomic>
#include <chrono>
#include <memory>

namespace ajour::exchange {

class Exchange final : public sdk::Inbox {
public:
    struct Limits {
        update::Limits update;
        unsigned jitter = 10;  ///< percent that is added to an interval, at most
        std::chrono::milliseconds patience{
            3'000};  ///< how long a status may wait before it is told to wait
        Lanes::Limits lanes;
        Brake::Limits brake;
    };
    struct Counts {
        sdk::Metric& statuses;
        sdk::Metric& malformed;
        sdk::Metric& refused;
        sdk::Metric& throttled;
        sdk::Metric& full;
        sdk::Metric& parked;
        sdk::Metric& parked_now;
        sdk::Metric& waits;
        sdk::Metric& syncs;
        sdk::Metric& writes;
        sdk::Metric& swaps;
        sdk::Metric& block_bytes;
        sdk::Metric& handshakes_refused;
        sdk::Metric& handshakes_throttled;
    };
    struct Parts {
        fleet::Fleet& fleet;
        firmware::Catalog& catalog;
        work::Crew& registry_crew;
        const work::Clock& clock;
        work::Notices* notices = nullptr;  ///< where the refused are named; null: nowhere
    };

    Exchange(Parts parts, const Limits& limits, Counts counts);

    void submit(const sdk::Message& message, sdk::Reply& reply) noexcept override;
    sdk::Result<sdk::DeviceKey> key_for(const sdk::DeviceView& device,
                                        std::string_view peer) noexcept override;
    void report_wrong_key(const sdk::DeviceView& device, std::string_view peer) noexcept override;
    void delayed(const sdk::DeviceView& device, const sdk::Delay& delay) noexcept override;
    void dropped(const sdk::DeviceView& device, sdk::Drop drop) noexcept override;

    /// For those too who do not come with a status.
    Refusals& refusals() noexcept { return refusals_; }

    /// Answers those who waited for too long with wait. [worker]
    void answer_overdue();

    /// From now on nobody waits: what is parked is answered with wait, as is what would be. [main]
    void hurry();

private:
    struct Asked {  // a turn's input
        const sdk::Message& message;
        const protocol::Status& status;
        bool last;
    };
    Verdict decide(const sdk::DeviceView& device, const Asked& asked);
    void answer(const Verdict& verdict, const protocol::Status& status, sdk::Reply& reply);
    void wait(update::Cause cause, const protocol::Status& status, sdk::Reply& reply);
    void send(const protocol::Command& command, sdk::Reply& reply);
    std::uint32_t spread(std::uint32_t seconds) const;

    void park(const Asked& asked, const Verdict& verdict, sdk::Reply& reply);
    void prepare(const std::shared_ptr<Parked>& parked);
    void admit(const std::shared_ptr<Parked>& parked);
    void refuse_or_wait(const std::shared_ptr<Parked>& parked, const sdk::Error& error);
    void go_on(const std::shared_ptr<Parked>& parked, const sdk::DeviceId& device);
    void await_supply(const std::shared_ptr<Parked>& parked, const sdk::DeviceId& device,
                      Verdict verdict);
    void finish(const std::shared_ptr<Parked>& parked, const sdk::DeviceId& device);
    void leave(const std::shared_ptr<Parked>& parked);

    Parts parts_;
    const Limits limits_;
    Counts counts_;
    Refusals refusals_;
    Lanes lanes_;
    std::atomic<bool> hurried_{false};
};

}  // namespace ajour::exchange
