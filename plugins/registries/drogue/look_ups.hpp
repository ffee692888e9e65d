// SPDX-License-Identifier: Apache-2.0
// A device's two objects, from memory where that holds. [worker]
#pragma once

#include <ajour/sdk/registry.hpp>
#include <ajour/sdk/result.hpp>

#include "active.hpp"
#include "cloud.hpp"
#include "news.hpp"
#include "options.hpp"
#include "outbox.hpp"
#include "records.hpp"

#include <mutex>

namespace ajour::drogue_registry {

class LookUps {
public:
    struct Parts {
        Cloud& cloud;
        Records& records;
        Active& active;
        Outbox& outbox;
        News& news;
        Metrics& metrics;
        const Options& options;
    };
    explicit LookUps(const Parts& parts) : parts_(parts) {}

    /// NotFound: there is no such device or application. The device's status has what the cloud is
    /// yet to be told.
    sdk::Result<sdk::DeviceRecord> look_up(const sdk::DeviceId& device);

private:
    sdk::Result<Record> application(const std::string& name);
    void list_some(const std::string& name);
    sdk::Result<Record> device(const sdk::DeviceId& device);
    std::string text_of(const sdk::DeviceId& device, const Record& record) const;

    const Parts parts_;
    std::mutex asking_;  // held while an application is asked for, so that a fleet asks once
};

}  // namespace ajour::drogue_registry
