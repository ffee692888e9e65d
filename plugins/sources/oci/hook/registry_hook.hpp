// SPDX-License-Identifier: Apache-2.0
// Hears from OCI registries that something was pushed.
#pragma once

#include <ajour/sdk/host.hpp>

#include "hook/events.hpp"
#include "metrics.hpp"

#include <functional>
#include <string>

namespace ajour::oci {

class RegistryHook final : public sdk::Hook {
public:
    using Expire = std::function<void(const Pushed&)>;

    /// With `open`, anybody is believed; else who knows `secret`, and nobody when it is empty.
    /// `expire` is told of each change, and then the host.
    RegistryHook(std::string secret, bool open, sdk::Host& host, Metrics& metrics, Expire expire);

    std::string word() override { return "registry"; }
    sdk::Result<void> receive(const sdk::HookRequest& request) override;

private:
    const std::string secret_;
    const bool open_;
    sdk::Host& host_;
    Metrics& metrics_;
    const Expire expire_;
};

}  // namespace ajour::oci
