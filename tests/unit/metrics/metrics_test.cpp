// SPDX-License-Identifier: Apache-2.0
#include "metrics/metrics.hpp"

#include <gmock/gmock.h>

#include <string>
#include <thread>
#include <vector>

namespace ajour::metrics {
namespace {

using testing::HasSubstr;
using testing::Not;

TEST(Metrics, prints_counters_and_gauges_sorted_with_type_and_help) {
    Metrics metrics;
    metrics.gauge("lanes", "Lanes in use").set(7);
    metrics.counter("turns").add(3);
    EXPECT_EQ(metrics.text(),
              "# HELP ajour_lanes Lanes in use\n# TYPE ajour_lanes gauge\najour_lanes 7\n"
              "# TYPE ajour_turns_total counter\najour_turns_total 3\n"
              "# HELP ajour_metrics_refused_total Metrics with wrong names, or too many.\n"
              "# TYPE ajour_metrics_refused_total counter\najour_metrics_refused_total 0\n");
}

TEST(Metrics, gives_the_same_metric_for_the_same_name) {
    Metrics metrics;
    EXPECT_EQ(&metrics.counter("turns"), &metrics.counter("turns"));
    EXPECT_NE(&metrics.counter("turns"), &metrics.gauge("turns"));
}

TEST(Metrics, does_not_show_wrong_names_and_counts_them) {
    Metrics metrics;
    for (const auto* name : {"", "Turns", "1turn", "a b", "a\nb", "_a"}) {
        metrics.counter(name).add();
    }
    metrics.gauge(std::string(101, 'a')).set(1);
    metrics.gauge("turns_total").set(1);
    metrics.counter("metrics_refused").add(5);
    EXPECT_THAT(metrics.text(), HasSubstr("\najour_metrics_refused_total 9\n"));
    EXPECT_THAT(metrics.text(), Not(HasSubstr("turn")));
}

TEST(Metrics, is_bounded) {
    Metrics metrics;
    for (std::size_t i = 0; i < Metrics::names_max + 10; ++i) {
        metrics.counter("n" + std::to_string(i)).add();
    }
    EXPECT_THAT(metrics.text(), HasSubstr("\najour_metrics_refused_total 10\n"));
}

TEST(Metrics, keeps_help_on_its_line) {
    Metrics metrics;
    metrics.counter("turns", "one\ntwo\\n");
    EXPECT_THAT(metrics.text(), HasSubstr("# HELP ajour_turns_total one two n\n"));
}

TEST(Metrics, counts_from_many_threads_while_it_is_read) {
    Metrics metrics;
    {
        std::vector<std::jthread> threads;
        for (int i = 0; i < 4; ++i) {
            threads.emplace_back([&] {
                for (int n = 0; n < 1000; ++n) metrics.counter("turns").add();
            });
        }
        for (int n = 0; n < 50; ++n) EXPECT_FALSE(metrics.text().empty());
    }
    EXPECT_EQ(metrics.counter("turns").value(), 4000);
}

}  // namespace
}  // namespace ajour::metrics
