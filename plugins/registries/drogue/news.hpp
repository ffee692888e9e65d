// SPDX-License-Identifier: Apache-2.0
// What the host, and the outbox, are told when the cloud knows something in another way. [worker]
#pragma once

#include <ajour/sdk/registry.hpp>

#include "metrics.hpp"
#include "outbox.hpp"

namespace ajour::drogue_registry {

class News {
public:
    News(sdk::Changes& changes, Outbox& outbox, Metrics& metrics)
        : changes_(changes), outbox_(outbox), metrics_(metrics) {}

    /// Whoever changed it may have put back an older status: the next one is written anyway.
    void device_changed(const sdk::DeviceId& device) {
        metrics_.changes.add();
        outbox_.forget(device);
        changes_.device_changed(device);
    }
    void application_changed(const std::string& application) {
        metrics_.changes.add();
        changes_.application_changed(application);
    }

private:
    sdk::Changes& changes_;
    Outbox& outbox_;
    Metrics& metrics_;
};

}  // namespace ajour::drogue_registry
