// SPDX-License-Identifier: Apache-2.0
// One device's status into the cloud's object of it, which belongs to others too: read, changed in
// that one place, and written if it is still as read. [worker]
#pragma once

#include <ajour/sdk/registry.hpp>
#include <ajour/sdk/result.hpp>

#include "cloud.hpp"
#include "metrics.hpp"
#include "news.hpp"
#include "records.hpp"

namespace ajour::drogue_registry {

class StatusWriter {
public:
    struct Parts {
        Cloud& cloud;
        Records& records;
        News& news;
        Metrics& metrics;
        int tries;  ///< how often others may write in between
        int step;   ///< percent of progress that are worth a request
    };
    explicit StatusWriter(const Parts& parts) : parts_(parts) {}

    /// NotFound: the device is gone; Malformed: the cloud will never take it; else it can be tried
    /// again.
    sdk::Result<void> write(const sdk::Report& report);

private:
    bool says_as_much(const sdk::Report& report, std::string_view former) const;
    sdk::Result<Record> read(const sdk::DeviceId& device);
    sdk::Result<bool> write_once(const sdk::Report& report, const Record& record);

    const Parts parts_;
};

}  // namespace ajour::drogue_registry
