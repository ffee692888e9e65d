// SPDX-License-Identifier: Apache-2.0
// Named counters and gauges, and their text for Prometheus. Knows nothing of what they count.
#pragma once

#include <ajour/sdk/host.hpp>

#include <cstddef>
#include <map>
#include <mutex>
#include <string>
#include <string_view>

namespace ajour::metrics {

/// True for 1 to 100 of [a-z0-9_], a letter first.
bool is_name(std::string_view name) noexcept;

/// Keep the references that it gives: a look-up locks, a metric does not. They live as long as
/// this. [any]
class Metrics {
public:
    static constexpr std::size_t names_max = 4096;

    Metrics() = default;
    Metrics(const Metrics&) = delete;
    Metrics& operator=(const Metrics&) = delete;

    /// Shown as ajour_<name>_total. `help` is kept from the first call that has one. A name that is
    /// wrong, of the other type, or one too many gets a metric that is not shown;
    /// ajour_metrics_refused_total counts that.
    sdk::Metric& counter(std::string_view name, std::string_view help = {});

    /// Shown as ajour_<name>.
    sdk::Metric& gauge(std::string_view name, std::string_view help = {});

    /// All of them in the Prometheus text format 0.0.4, sorted by name.
    std::string text() const;

private:
    struct Row {
        std::string_view type;
        std::string help;
        sdk::Metric metric;
    };

    sdk::Metric& find_or_add(std::string name, std::string_view type, std::string_view help);
    sdk::Metric& refuse() noexcept;

    mutable std::mutex mutex_;  // guards rows_, not the metrics in it
    std::map<std::string, Row, std::less<>> rows_;
    sdk::Metric refused_;
    sdk::Metric not_shown_;
};

}  // namespace ajour::metrics
