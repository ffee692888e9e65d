// SPDX-License-Identifier: Apache-2.0
// A registry in memory that can be slow, or down, and counts what it was asked.
#pragma once

#include <ajour/sdk/registry.hpp>

#include "support/await.hpp"

#include <map>
#include <mutex>
#include <optional>
#include <string>
#include <vector>

namespace ajour::support {

class MemoryRegistry final : public sdk::Registry {
public:
    sdk::Result<void> start(sdk::Changes&) override { return {}; }
    void stop() override {}

    /// `name` may be an alias: the record then has another metadata.name.
    void put(const sdk::DeviceId& name, std::string device, std::string application = "{}") {
        const std::lock_guard lock(mutex_);
        records_.insert_or_assign(name,
                                  sdk::DeviceRecord{std::move(application), std::move(device)});
    }
    /// A device with a password, that runs `spec` of the source "file"; other members of spec
    /// behind a comma.
    void put_device(const sdk::DeviceId& id, const std::string& spec = "\"main\"",
                    const std::string& password = "secret", const std::string& more = {}) {
        put(id, R"({"metadata":{"name":")" + id.device + R"("},"spec":{"firmware":{"file":)" +
                    spec + R"(},"authentication":{"credentials":[{"pass":")" + password +
                    R"("}]})" + more + "}}");
    }
    void remove(const sdk::DeviceId& id) {
        const std::lock_guard lock(mutex_);
        records_.erase(id);
    }
    /// Answers everything with this error, until it is told otherwise.
    void fail(std::optional<sdk::Error> error) {
        const std::lock_guard lock(mutex_);
        error_ = std::move(error);
    }

    sdk::Result<sdk::DeviceRecord> look_up(const sdk::DeviceId& device) override {
        {
            const std::lock_guard lock(mutex_);
            ++look_ups_;
        }
        gate.pass();
        const std::lock_guard lock(mutex_);
        if (error_) return *error_;
        const auto found = records_.find(device);
        if (found == records_.end()) {
            return sdk::Error{sdk::ErrorKind::NotFound, "no device " + device.text()};
        }
        return found->second;
    }
    sdk::Result<void> report(std::span<const sdk::Report> reports) override {
        const std::lock_guard lock(mutex_);
        if (error_) return *error_;
        reports_.insert(reports_.end(), reports.begin(), reports.end());
        return {};
    }

    std::size_t look_ups() const {
        const std::lock_guard lock(mutex_);
        return look_ups_;
    }
    std::vector<sdk::Report> reports() const {
        const std::lock_guard lock(mutex_);
        return reports_;
    }

    Gate gate;

private:
    mutable std::mutex mutex_;  // guards all below
    std::map<sdk::DeviceId, sdk::DeviceRecord> records_;
    std::optional<sdk::Error> error_;
    std::size_t look_ups_ = 0;
    std::vector<sdk::Report> reports_;
};

}  // namespace ajour::support
