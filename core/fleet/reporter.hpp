// SPDX-License-Identifier: Apache-2.0
// Writes behind: what devices reported goes to the registry, flights to the log, and news to the
// sources, in batches, coalesced per device.
#pragma once

#include "fleet/fleet.hpp"

#include <functional>
#include <mutex>
#include <string>

namespace ajour::fleet {

class Reporter {
public:
    struct Parts {
        Fleet& fleet;
        sdk::RegistryPort& registry;
        FlightLog& flights;
        firmware::Catalog& catalog;
    };
    /// `complain` is told once per failed flush, and of each source that does not take news; it is
    /// called by several threads.
    Reporter(Parts parts, std::size_t batch_max, sdk::Metric& reported, sdk::Metric& failed,
             std::function<void(const std::string&)> complain);

    /// Stores all that is due; what fails stays due. Never two at once. [worker]
    void flush();

    /// Why the last batch could not be stored; empty when it could. [any]
    std::string trouble() const;

private:
    using Changes = std::vector<Fleet::Change>;
    bool flush_batch(Changes& changes, Changes& untold);
    void note(std::string trouble);
    sdk::Result<void> report(const std::vector<Fleet::Change>& changes);
    sdk::Result<void> save_flights(const std::vector<Fleet::Change>& changes);
    bool tell(const Fleet::Change& change) const;
    bool post(const firmware::SourceHand& hand, sdk::Observation observation) const;

    Parts parts_;
    std::size_t batch_max_;
    sdk::Metric& reported_;
    sdk::Metric& failed_;
    std::function<void(const std::string&)> complain_;
    mutable std::mutex mutex_;  // guards trouble_
    std::string trouble_;
};

}  // namespace ajour::fleet
