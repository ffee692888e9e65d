// SPDX-License-Identifier: Apache-2.0
// Takes change events from whoever passes them on to us.
#pragma once

#include <ajour/sdk/host.hpp>

#include "metrics.hpp"
#include "tips.hpp"

namespace ajour::drogue_registry {

class ChangeHook final : public sdk::Hook {
public:
    ChangeHook(const sdk::Settings& settings, Tips& tips, Metrics& metrics)
        : settings_(settings), tips_(tips), metrics_(metrics) {}

    sdk::Result<void> receive(const sdk::HookRequest& request) override;

private:
    bool is_believed(const sdk::HookRequest& request) const;

    const sdk::Settings& settings_;
    Tips& tips_;
    Metrics& metrics_;
};

}  // namespace ajour::drogue_registry
