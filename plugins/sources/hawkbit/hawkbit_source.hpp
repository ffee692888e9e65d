// SPDX-License-Identifier: Apache-2.0
// What hawkBit deploys: devices are answered from memory, and hawkBit is asked beside them.
#pragma once

#include <ajour/sdk/host.hpp>
#include <ajour/sdk/source.hpp>

#include "downloads.hpp"
#include "place.hpp"
#include "pollers.hpp"
#include "post.hpp"
#include "world.hpp"

#include <memory>

namespace ajour::hawkbit {

class HawkbitSource final : public sdk::Source, public sdk::Periodic {
public:
    explicit HawkbitSource(sdk::Host& host);

    sdk::SourceTraits traits() override;
    sdk::Result<void> start() override;
    void stop() override;
    std::size_t upstream_of(const sdk::Target& target) override;
    sdk::Result<sdk::Resolution> resolve(const sdk::ResolveRequest& request) override;
    sdk::Result<void> fetch(const sdk::Offer& offer, sdk::ByteSink& sink,
                            std::uint64_t from) override;
    sdk::Result<void> observe(const sdk::Observation& observation) override;
    sdk::Periodic* periodic() noexcept override { return this; }

    std::chrono::milliseconds interval() override;
    sdk::Result<void> tend() override;

private:
    sdk::Result<void> restore();
    sdk::Result<std::shared_ptr<Controller>> controller_of(const Place& place,
                                                           const sdk::DeviceId& device);
    void hear_of(Controller& controller, const sdk::ResolveRequest& request);
    void visit_if_unknown(Controller& controller);
    void visit(Controller& controller);
    bool visit_next(std::size_t connection) noexcept;
    sdk::Result<bool> visit_due(std::size_t connection);
    void wake_pollers();
    bool forget_when_idle(Controller& controller);
    void give_up_on_bad_image(Controller& controller);
    void believe(Controller& controller, const std::string& running);
    std::shared_ptr<Controller> controller_of(const std::string& origin, Chosen& chosen);
    void note_download(Controller& controller, std::uint64_t from, bool led_nowhere);

    World world_;
    Downloads downloads_;
    Post post_;
    Pollers pollers_;
    bool busy_ = false;  ///< the last `tend` left work behind; of the thread that tends
};

}  // namespace ajour::hawkbit
