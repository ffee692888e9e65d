// SPDX-License-Identifier: Apache-2.0
// How long, and for how many, the fleet remembers.
#include "support/engine.hpp"

#include <gtest/gtest.h>

namespace ajour::fleet {

namespace {

using sdk::ErrorKind;

const sdk::DeviceId device{"app", "dev"};

sdk::Message message(const sdk::DeviceId& sender) {
    return {sender, sender, {sdk::Credential::Kind::Password, {}, "secret"}, {}, 0, {}};
}

class MemoryTest : public testing::Test {
protected:
    explicit MemoryTest(std::size_t devices_max = 640) : engine(limits(devices_max)) {
        engine.registry.put_device(device);
    }
    static support::EngineLimits limits(std::size_t devices_max) {
        support::EngineLimits limits;
        limits.fleet.devices_max = devices_max;
        return limits;
    }
    template <typename Question>
    auto ask(Question question) {
        return engine.fleet().visit(device, [&](Device* known) { return question(known); });
    }
    bool is_stale() {
        return ask([this](const Device* known) {
            return known == nullptr || engine.clock.now() >= known->stale_at;
        });
    }

    support::Engine engine;
};

TEST_F(MemoryTest, remembers_target_and_age_of_what_the_registry_said) {
    ASSERT_TRUE(engine.fleet().admit(message(device)));
    ask([this](const Device* known) {
        ASSERT_NE(known, nullptr);
        ASSERT_TRUE(known->supply);
        EXPECT_EQ(known->supply->target().spec, "\"main\"");
        EXPECT_EQ(known->fresh_until, engine.clock.now() + std::chrono::seconds(30));
        EXPECT_EQ(known->stale_at, engine.clock.now() + std::chrono::hours(24));
    });
}

TEST_F(MemoryTest, a_refresh_brings_the_new_target) {
    ASSERT_TRUE(engine.fleet().admit(message(device)));
    engine.registry.put_device(device, "\"next\"");
    engine.fleet().refresh(device);
    EXPECT_TRUE(support::await([this] {
        return ask([](const Device* known) { return known->supply->target().spec == "\"next\""; });
    }));
}

TEST_F(MemoryTest, a_refresh_that_fails_keeps_what_is_known_and_tries_later) {
    ASSERT_TRUE(engine.fleet().admit(message(device)));
    engine.registry.fail(sdk::Error{ErrorKind::Unavailable, "down"});
    engine.clock.advance(std::chrono::seconds(31));
    ask([](Device* known) { known->refreshing = true; });
    engine.fleet().refresh(device);
    EXPECT_TRUE(support::await([this] {
        return ask([this](const Device* known) {
            return !known->refreshing && known->fresh_until > engine.clock.now();
        });
    }));
    EXPECT_FALSE(is_stale());
}

TEST_F(MemoryTest, a_refresh_that_finds_the_device_gone_makes_it_stale) {
    ASSERT_TRUE(engine.fleet().admit(message(device)));
    engine.registry.remove(device);
    engine.fleet().refresh(device);
    EXPECT_TRUE(support::await([this] { return is_stale(); }));
}

TEST_F(MemoryTest, a_refresh_that_finds_no_place_in_the_queue_is_tried_again) {
    support::EngineLimits none = limits(640);
    none.registry_queue = 0;
    support::Engine full(none);
    full.registry.put_device(device);
    ASSERT_TRUE(full.fleet().admit(message(device)));
    full.fleet().visit(device, [](Device* known) { known->refreshing = true; });
    full.fleet().refresh(device);
    EXPECT_FALSE(full.fleet().visit(device, [](const Device* known) { return known->refreshing; }));
}

TEST_F(MemoryTest, a_change_in_the_registry_is_noticed_at_once) {
    ASSERT_TRUE(engine.fleet().admit(message(device)));
    engine.fleet().device_changed(device);
    EXPECT_TRUE(is_stale());
    ASSERT_TRUE(engine.fleet().admit(message(device)));
    EXPECT_FALSE(is_stale());
    engine.fleet().application_changed("another");
    EXPECT_FALSE(is_stale());
    engine.fleet().application_changed("app");
    EXPECT_TRUE(is_stale());
}

TEST_F(MemoryTest, an_answer_that_was_on_its_way_when_something_changed_is_not_fresh) {
    engine.registry.gate.close();
    std::jthread asking([this] { EXPECT_TRUE(engine.fleet().admit(message(device))); });
    ASSERT_TRUE(support::await([this] { return engine.registry.gate.waiting() == 1; }));
    engine.fleet().device_changed(device);
    engine.registry.gate.open();
    asking.join();
    EXPECT_TRUE(
        ask([this](const Device* known) { return known->fresh_until <= engine.clock.now(); }));
}

TEST_F(MemoryTest, shows_why_a_device_has_no_target) {
    engine.registry.put(device, R"({"metadata":{"name":"dev"},"spec":{"firmware":{},)"
                                R"("authentication":{"credentials":[{"pass":"secret"}]}}})");
    ASSERT_TRUE(engine.fleet().admit(message(device)));
    ask([](const Device* known) {
        EXPECT_FALSE(known->supply);
        EXPECT_NE(known->problem_text(), "");
    });
}

TEST_F(MemoryTest, holds_no_more_devices_than_it_may) {
    for (int i = 0; i < 3000; ++i) {
        const sdk::DeviceId each{"app", "dev-" + std::to_string(i)};
        engine.registry.put_device(each);
        ASSERT_TRUE(engine.fleet().admit(message(each))) << i;
        ASSERT_LE(engine.fleet().size(), 640U);
    }
    EXPECT_EQ(engine.fleet().size(), 640U);
    EXPECT_EQ(engine.metrics.devices.value(), static_cast<std::int64_t>(engine.fleet().size()));
}

TEST_F(MemoryTest, a_device_that_keeps_asking_stays) {
    ASSERT_TRUE(engine.fleet().admit(message(device)));
    for (int i = 0; i < 3000; ++i) {
        const sdk::DeviceId each{"app", "dev-" + std::to_string(i)};
        engine.registry.put_device(each);
        ASSERT_TRUE(engine.fleet().admit(message(each)));
        ASSERT_TRUE(ask([](const Device* known) { return known != nullptr; })) << i;
    }
}

TEST_F(MemoryTest, what_is_not_stored_yet_is_not_evicted) {
    ASSERT_TRUE(engine.fleet().admit(message(device)));
    ask([this](Device* known) { engine.fleet().mark(*known, true, false); });
    for (int i = 0; i < 3000; ++i) {
        const sdk::DeviceId each{"app", "dev-" + std::to_string(i)};
        engine.registry.put_device(each);
        ASSERT_TRUE(engine.fleet().admit(message(each)));
    }
    EXPECT_EQ(engine.fleet().collect(1000).size(), 1U);
}

TEST_F(MemoryTest, reads_the_flight_of_a_device_that_it_does_not_know) {
    update::Flight flight;
    flight.version = "2";
    flight.size = 100;
    flight.returns = 1;
    const FlightLog::Row rows[] = {{device, print_flight(flight)}};
    ASSERT_TRUE(engine.flights.save(rows));
    ASSERT_TRUE(engine.fleet().admit(message(device)));
    ask([](const Device* known) {
        EXPECT_EQ(known->flight.version, "2");
        EXPECT_EQ(known->flight.returns, 1);
    });
}

}  // namespace

}  // namespace ajour::fleet
