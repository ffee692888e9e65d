// SPDX-License-Identifier: Apache-2.0
// A catalog with two scripted sources, "file" with a crew for each of two upstreams, and "other".
#pragma once

#include "firmware/catalog.hpp"
#include "support/await.hpp"
#include "support/manual_clock.hpp"
#include "support/sample_image.hpp"
#include "support/scripted_source.hpp"
#include "support/temp_directory.hpp"

#include <gtest/gtest.h>

namespace ajour::firmware {

class CatalogTest : public testing::Test {
protected:
    void SetUp() override { open(); }
    void TearDown() override {
        for (auto* each : {&source, &other}) {
            each->resolve_gate.open();
            each->fetch_gate.open();
            each->second_gate.open();
        }
        crew.stop();
        second_crew.stop();
        other_crew.stop();
    }

    void open() {
        auto opened = Cache::open(directory.path(), cache_limits, clock, bytes_on_disk);
        ASSERT_TRUE(opened);
        catalog.reset();
        cache = std::move(*opened);
        catalog = std::make_unique<Catalog>(
            std::vector<SourceHand>{{&source, source.traits(), {&crew, &second_crew}},
                                    {&other, other.traits(), {&other_crew}}},
            *cache, clock, limits,
            Catalog::Counts{resolved, fetched, failed, targets, targets_full});
    }
    std::shared_ptr<Supply> supply_of(const std::string& spec, const std::string& key = "file",
                                      const std::string& device = "dev") {
        return catalog->supply({"app", key, spec}, {"app", device}, {{"ring", "canary"}});
    }
    /// Renews and waits until the source has answered.
    std::shared_ptr<const Standing> settle(const std::shared_ptr<Supply>& supply) {
        catalog->renew(supply, "1.0.0");
        await_settled(supply);
        return supply->standing();
    }
    static void await_settled(const std::shared_ptr<Supply>& supply) {
        support::Gate settled(false);
        if (supply->when_settled([&settled] { settled.open(); }, 1'000'000)) settled.pass();
    }
    /// With one thread in a fetch that is held up, when the other has done all that was posted.
    void await_all_but_the_fetch() {
        ASSERT_TRUE(support::await([this] { return source.fetch_gate.waiting() == 1; }));
        ASSERT_TRUE(support::drain(crew));
    }
    void pass_freshness() { clock.advance(std::chrono::seconds(11)); }

    support::TempDirectory directory;
    support::ManualClock clock;
    sdk::Metric bytes_on_disk, resolved, fetched, failed, targets, targets_full;
    Cache::Limits cache_limits;
    Catalog::Limits limits;
    support::ScriptedSource source{"file"}, other{"other"};
    work::Crew crew{"file", 2, 10'000}, second_crew{"file", 2, 10'000};
    work::Crew other_crew{"other", 1, 10'000};
    std::unique_ptr<Cache> cache;
    std::unique_ptr<Catalog> catalog;
    const sdk::Bytes image = support::sample_image(1000);
};

}  // namespace ajour::firmware
