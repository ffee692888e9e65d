// SPDX-License-Identifier: Apache-2.0
// The devices of a Drogue Cloud: what each should run stands in its registry, and how far each is
// goes there.
#pragma once

#include <ajour/sdk/registry.hpp>

#include "drogue_access/token_reload.hpp"
#include "metrics.hpp"
#include "options.hpp"

#include <memory>

namespace ajour::drogue_registry {

class DrogueRegistry final : public sdk::Registry {
public:
    explicit DrogueRegistry(sdk::Host& host);
    ~DrogueRegistry() override;

    sdk::Result<void> start(sdk::Changes& changes) override;
    void stop() override;

    /// By name only: the cloud's registry has no other way.
    sdk::Result<sdk::DeviceRecord> look_up(const sdk::DeviceId& device) override;
    /// Takes them in and writes them later. Full: too many wait.
    sdk::Result<void> report(std::span<const sdk::Report> reports) override;

    sdk::Periodic* periodic() noexcept override;
    /// Takes the cloud's change events.
    sdk::Hook* hook() noexcept override;
    sdk::Reloadable* reloadable() noexcept override { return &token_reload_; }

private:
    struct Running;

    sdk::Host& host_;
    const Options options_;
    drogue_access::TokenReload token_reload_{host_.settings()};
    Metrics metrics_;
    std::unique_ptr<Running> running_;
};

}  // namespace ajour::drogue_registry
