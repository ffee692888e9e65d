// SPDX-License-Identifier: Apache-2.0
#include "store.hpp"

#include "post.hpp"
#include "support/temp_directory.hpp"

#include <gtest/gtest.h>

namespace ajour::hawkbit {
namespace {

using Weight = Letter::Weight;

class AStore : public testing::Test {
protected:
    void SetUp() override { open(); }
    void open() {
        store.reset();
        auto opened = Store::open(directory.path() / "hawkbit.sqlite", 3);
        ASSERT_TRUE(opened) << opened.error().text;
        store = std::move(*opened);
    }
    std::size_t send(const std::string& controller, const std::string& body, Weight weight,
                     const std::string& action = "7") {
        Letter letter;
        letter.controller = controller;
        letter.action = action;
        letter.body = body;
        letter.weight = weight;
        const auto dropped = store->save({"", controller, "a", controller, "{}"}, {letter});
        EXPECT_TRUE(dropped);
        return dropped.value();
    }
    std::string due(std::int64_t now = 0) {
        std::string bodies;
        const auto letters = store->due("", now, 10);
        for (const auto& letter : *letters) bodies += letter.body + " ";
        return bodies;
    }
    Letter first() { return store->due("", 1'000'000, 10)->front(); }

    support::TempDirectory directory;
    std::unique_ptr<Store> store;
};

TEST_F(AStore, remembers_controllers_and_letters_when_it_is_opened_again) {
    send("x", "one", Weight::Step);
    open();
    EXPECT_EQ(due(), "one ");
    const auto controllers = store->controllers();
    ASSERT_EQ(controllers->size(), 1U);
    EXPECT_EQ(controllers->front().controller, "x");
    EXPECT_EQ(controllers->front().record, "{}");
    ASSERT_TRUE(store->forget("", "x"));
    EXPECT_TRUE(store->controllers()->empty());
    EXPECT_EQ(store->letters(), 1U);
}

TEST_F(AStore, gives_the_letters_of_a_controller_one_after_the_other) {
    send("x", "one", Weight::Step);
    send("x", "two", Weight::Final);
    send("y", "three", Weight::Step);
    EXPECT_EQ(due(), "one three ");
    ASSERT_TRUE(store->remove(first()));
    EXPECT_EQ(due(), "two three ");
}

TEST_F(AStore, waits_with_what_failed_and_with_all_behind_it) {
    send("x", "one", Weight::Step);
    send("x", "two", Weight::Step);
    ASSERT_TRUE(store->postpone(first(), 50));
    EXPECT_EQ(due(49), "");
    EXPECT_EQ(due(50), "one ");
    EXPECT_EQ(first().tries, 1);
}

TEST_F(AStore, leaves_out_progress_that_an_end_has_overtaken) {
    send("x", "10 %", Weight::Progress);
    send("x", "20 %", Weight::Progress);
    send("x", "other", Weight::Progress, "8");
    send("x", "end", Weight::Final);
    EXPECT_EQ(store->letters(), 2U);
    EXPECT_EQ(due(), "other ");
}

TEST_F(AStore, drops_the_oldest_progress_first_and_never_an_end) {
    send("a", "end", Weight::Final);
    send("b", "step", Weight::Step);
    send("c", "10 %", Weight::Progress);
    send("d", "20 %", Weight::Progress);
    EXPECT_EQ(send("e", "30 %", Weight::Progress), 1U);
    EXPECT_EQ(due(), "end step 20 % 30 % ");
    for (const auto* controller : {"f", "g", "h", "i"}) {
        EXPECT_EQ(send(controller, "end", Weight::Final), 0U);
    }
    EXPECT_EQ(store->letters(), 8U);
}

TEST_F(AStore, keeps_connections_apart) {
    send("x", "one", Weight::Step);
    EXPECT_TRUE(store->due("other", 0, 10)->empty());
}

TEST_F(AStore, is_not_opened_where_there_is_no_room_for_it) {
    EXPECT_FALSE(Store::open(directory.path() / "none" / "x.sqlite", 3));
}

TEST(RetryDelay, doubles_up_to_five_minutes) {
    EXPECT_EQ(retry_delay(0), 1);
    EXPECT_EQ(retry_delay(3), 8);
    EXPECT_EQ(retry_delay(1'000'000), 300);
    EXPECT_EQ(retry_delay(-1), 1);
}

}  // namespace
}  // namespace ajour::hawkbit
