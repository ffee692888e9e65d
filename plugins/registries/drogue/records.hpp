// SPDX-License-Identifier: Apache-2.0
// What the cloud said of applications and devices, for a time, within a bound of bytes. An
// application is the device without a name. Pure but for its lock: the time is given. [any]
#pragma once

#include <ajour/sdk/device.hpp>
#include <ajour/sdk/result.hpp>

#include "metrics.hpp"
#include "record.hpp"

#include <chrono>
#include <cstdint>
#include <list>
#include <map>
#include <mutex>
#include <optional>
#include <string>
#include <vector>

namespace ajour::drogue_registry {

class Records {
public:
    using Instant = std::chrono::steady_clock::time_point;
    using Answer = sdk::Result<Record>;  ///< a record, or why there is none

    struct Rules {
        std::size_t bytes_max;
        std::chrono::milliseconds age, missing_age;
    };
    Records(const Rules& rules, Metrics& metrics) : rules_(rules), metrics_(metrics) {}

    /// What was said of it and still holds.
    std::optional<Answer> fresh(const sdk::DeviceId& id, Instant now);

    /// Whether anything was ever said of it, and not forgotten.
    bool is_known(const sdk::DeviceId& id);

    /// The record, however old, if its version is known.
    std::optional<Record> writable(const sdk::DeviceId& id);

    /// True: the host knows it in another way.
    bool keep(const sdk::DeviceId& id, const Answer& answer, Instant now);

    /// The same of a device that was listed in that round of its application (from 1 on). One that
    /// is new is kept only while there is room.
    bool keep_listed(const sdk::DeviceId& id, Record record, std::uint64_t round, Instant now);

    /// Forgets an application's devices that were listed in former rounds, and not in this one.
    std::vector<sdk::DeviceId> sweep(const std::string& application, std::uint64_t round);

    /// We replaced the text ourselves; its version is another one now.
    void wrote(const sdk::DeviceId& id, std::string text);

    void forget(const sdk::DeviceId& id);

private:
    struct Known {
        Answer answer;
        Instant until{};
        std::uint64_t round = 0;  // in which it was listed last; 0: never
        std::list<const sdk::DeviceId*>::iterator use{};
    };
    using Map = std::map<sdk::DeviceId, Known>;

    static std::size_t cost(const sdk::DeviceId& id, const Answer& answer);
    void set(Map::iterator place, Answer answer, Instant now);
    void insert(const sdk::DeviceId& id, const Answer& answer, std::uint64_t round, Instant now);
    void erase(Map::iterator place);
    void touch(Known& known) { uses_.splice(uses_.begin(), uses_, known.use); }
    void add_bytes(std::size_t more, std::size_t less);
    void make_room();

    const Rules rules_;
    Metrics& metrics_;
    std::mutex mutex_;  // guards all below
    Map known_;
    std::list<const sdk::DeviceId*> uses_;  // the last used first
    std::size_t bytes_ = 0;
};

}  // namespace ajour::drogue_registry
