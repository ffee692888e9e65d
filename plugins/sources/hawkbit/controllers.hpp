// SPDX-License-Identifier: Apache-2.0
// All controllers, and when hawkBit is to be asked after which. Bounded.
#pragma once

#include <ajour/sdk/result.hpp>

#include "controller.hpp"

#include <cstddef>
#include <map>
#include <memory>
#include <mutex>
#include <optional>
#include <string>
#include <utility>

namespace ajour::hawkbit {

/// Thread-safe. Of those it gives out, at most one caller has each for a visit.
class Controllers {
public:
    explicit Controllers(std::size_t max) : max_(max) {}

    struct Found {
        std::shared_ptr<Controller> controller;
        bool added = false;
        std::shared_ptr<Controller> replaced;  ///< what the device was before, in hawkBit
    };
    /// Refused: it is another device's. Full: there are too many.
    sdk::Result<Found> take(std::size_t connection, const std::string& id,
                            const sdk::DeviceId& device, Instant visit_at);

    /// Null when there is none.
    std::shared_ptr<Controller> find(std::size_t connection, const std::string& id) const;

    /// The one of a connection that is due for longest; null when there is none. It has to be given
    /// back.
    std::shared_ptr<Controller> claim_due(std::size_t connection, Instant now);
    /// When the next of a connection is due; absent when all are visited now, or there is none.
    std::optional<Instant> next_due(std::size_t connection) const;
    /// The same for a certain one, due or not; false when somebody visits it.
    bool claim(const Controller& controller);
    void give_back(Controller& controller, Instant visit_at);

    /// Makes the next visit come no later than that.
    void hasten(Controller& controller, Instant visit_at);

    void forget(const Controller& controller);
    std::size_t size() const;

private:
    using Key = std::pair<std::size_t, std::string>;
    struct Entry {
        std::shared_ptr<Controller> controller;
        Instant visit_at{};
        bool visited = false;  ///< now
        Instant hastened = Instant::max();
    };
    static Key key_of(const Controller& controller) {
        return {controller.connection, controller.id};
    }
    void plan(const Key& key, Entry& entry, Instant visit_at);
    void erase(const Key& key);

    const std::size_t max_;
    mutable std::mutex mutex_;  // guards all below
    std::map<Key, Entry> entries_;
    std::map<sdk::DeviceId, Key> by_device_;
    std::multimap<std::pair<std::size_t, Instant>, std::string> plan_;  // whom nobody visits
};

}  // namespace ajour::hawkbit
