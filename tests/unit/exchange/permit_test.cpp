// SPDX-License-Identifier: Apache-2.0
// What a roll-out permits it may take back, also while a device is silent.
#include "unit/exchange/exchange_fixture.hpp"

namespace ajour::exchange {

namespace {

using sdk::Permit;
using std::chrono::seconds;

constexpr seconds Fresh{10};

class PermitTest : public ExchangeTest {
protected:
    void SetUp() override {
        ExchangeTest::SetUp();
        offer_ = engine.source.offer("\"main\"", "2", image);
        offer_.fresh_for = Fresh;
        permit(Permit::Swap);
        ASSERT_EQ(ask().kind, Kind::Write);
    }
    void permit(Permit permit, const std::string& assignment = "7") {
        offer_.permit = permit;
        offer_.assignment = assignment;
        engine.source.say("\"main\"", offer_);
    }
    void take_all_but_the_swap() {
        for (std::uint32_t offset = 512; offset < 4000; offset += 512) ask_at(offset);
    }

    sdk::Offer offer_;
};

TEST_F(PermitTest, holds_from_memory_while_it_is_fresh) {
    take_all_but_the_swap();
    engine.clock.advance(Fresh - seconds(1));
    permit(Permit::Nothing);
    EXPECT_EQ(ask_at(4000).kind, Kind::Swap);
}

TEST_F(PermitTest, that_was_taken_back_does_not_count_for_a_device_that_was_silent) {
    take_all_but_the_swap();
    permit(Permit::Nothing);
    engine.clock.advance(Fresh + seconds(60));
    EXPECT_EQ(ask_at(4000).kind, Kind::Wait);
}

TEST_F(PermitTest, that_the_source_repeats_lets_a_silent_device_go_on) {
    take_all_but_the_swap();
    engine.clock.advance(Fresh + seconds(60));
    EXPECT_EQ(ask_at(4000).kind, Kind::Swap);
}

TEST_F(PermitTest, that_cannot_be_repeated_ends) {
    take_all_but_the_swap();
    engine.source.say("\"main\"", sdk::Error{sdk::ErrorKind::Unavailable, "it is away"});
    engine.clock.advance(Fresh + seconds(60));
    EXPECT_EQ(ask_at(4000).kind, Kind::Wait);
    permit(Permit::Swap);
    engine.clock.advance(seconds(60));
    EXPECT_EQ(ask_at(4000).kind, Kind::Swap);
}

TEST_F(PermitTest, of_no_roll_out_does_not_end) {
    permit(Permit::Swap, "");
    engine.clock.advance(Fresh + seconds(60));
    ask();
    take_all_but_the_swap();
    engine.source.say("\"main\"", sdk::Error{sdk::ErrorKind::Unavailable, "it is away"});
    engine.clock.advance(Fresh + seconds(60));
    EXPECT_EQ(ask_at(4000).kind, Kind::Swap);
}

}  // namespace

}  // namespace ajour::exchange
