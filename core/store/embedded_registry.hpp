// SPDX-License-Identifier: Apache-2.0
// The device registry of the host's own, on the store. Reads no specs: that is the host's.
#pragma once

#include <ajour/sdk/registry.hpp>

#include <span>

namespace ajour::store {

class Database;
class Objects;

class EmbeddedRegistry final : public sdk::Registry {
public:
    /// Both outlive the registry. Changes through `objects` are announced while it runs.
    EmbeddedRegistry(Database& database, Objects& objects)
        : database_(database), objects_(objects) {}
    ~EmbeddedRegistry() override { stop(); }

    sdk::Result<void> start(sdk::Changes& changes) override;
    void stop() override;

    /// NotFound also for what is being deleted.
    sdk::Result<sdk::DeviceRecord> look_up(const sdk::DeviceId& device) override;
    /// One transaction for all of them; reports of devices that do not exist any more are dropped.
    sdk::Result<void> report(std::span<const sdk::Report> reports) override;

private:
    Database& database_;
    Objects& objects_;
    bool running_ = false;
};

}  // namespace ajour::store
