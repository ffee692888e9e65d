// SPDX-License-Identifier: Apache-2.0
// One poll of hawkBit for one controller, and all that follows from its answer.
#pragma once

#include <ajour/sdk/result.hpp>

#include "root_answer.hpp"
#include "world.hpp"

#include <string>

namespace ajour::hawkbit {

/// The caller has claimed the controller, and gives it back.
class Visit {
public:
    Visit(World& world, Controller& controller)
        : world_(world), controller_(controller), tenant_(world.tenant_of(controller)) {}

    /// Waits for hawkBit. What goes wrong stands in the controller's `problem`. Gives when to come
    /// back.
    Instant run();

private:
    sdk::Result<void> poll();
    sdk::Result<void> follow(const RootAnswer& root);
    sdk::Result<void> take_deployment(const ActionLink& link);
    bool knows(const ActionLink& link);
    bool is_another(const Action& action);
    sdk::Result<void> accept(const ActionLink& link, const Deployment& deployment);
    sdk::Result<void> take_cancellation(const ActionLink& link);
    sdk::Result<void> take_confirmation(const ActionLink& link);
    sdk::Result<void> confirm(const std::string& action, bool yes);
    sdk::Result<void> confirm_always();
    void let_go(const RootAnswer& root);
    void answer_cancellation();
    void check_deadline();
    sdk::Result<void> tell_attributes();
    bool action_tells();
    sdk::Result<void> tell_installed();
    Instant next(const sdk::Result<void>& outcome);

    World& world_;
    Controller& controller_;
    Tenant& tenant_;
};

/// An answer that is not what it should be.
sdk::Error unexpected(const std::string& what, const http_client::Response& answer);

}  // namespace ajour::hawkbit
