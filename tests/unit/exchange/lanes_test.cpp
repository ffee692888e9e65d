// SPDX-License-Identifier: Apache-2.0
#include "exchange/lanes.hpp"

#include "support/recording_reply.hpp"

#include <gtest/gtest.h>

namespace ajour::exchange {

namespace {

using Place = Lanes::Place;

class LanesTest : public testing::Test {
protected:
    std::shared_ptr<Parked> parked(std::string_view device, int deadline = 1) {
        const sdk::Message message{{"app", device}, {"app", device}, {}, {}, 0, "192.0.2.1"};
        return std::make_shared<Parked>(message, protocol::Status(),
                                        std::make_unique<support::RecordingReply>(),
                                        work::Instant(std::chrono::seconds(deadline)));
    }
    static work::Instant second(int count) { return work::Instant(std::chrono::seconds(count)); }

    sdk::Metric waiting;
    Lanes lanes{{3, 5}, waiting};
};

TEST_F(LanesTest, the_first_of_a_device_goes_at_once_the_rest_behind_it) {
    const auto one = parked("a"), two = parked("a"), other = parked("b");
    EXPECT_EQ(lanes.join(one), Place::First);
    EXPECT_EQ(lanes.join(two), Place::Behind);
    EXPECT_EQ(lanes.join(other), Place::First);
    EXPECT_EQ(waiting.value(), 3);
    EXPECT_EQ(lanes.leave(one), two);
    EXPECT_EQ(lanes.leave(two), nullptr);
    EXPECT_EQ(lanes.leave(other), nullptr);
    EXPECT_EQ(waiting.value(), 0);
    EXPECT_EQ(lanes.join(one), Place::First);
}

TEST_F(LanesTest, one_that_leaves_from_behind_moves_nobody) {
    const auto one = parked("a"), two = parked("a"), three = parked("a");
    for (const auto& each : {one, two, three}) (void)lanes.join(each);
    EXPECT_EQ(lanes.leave(two), nullptr);
    EXPECT_EQ(lanes.leave(one), three);
}

TEST_F(LanesTest, leaving_twice_is_no_harm) {
    const auto one = parked("a"), two = parked("a");
    (void)lanes.join(one);
    (void)lanes.join(two);
    EXPECT_EQ(lanes.leave(one), two);
    EXPECT_EQ(lanes.leave(one), nullptr);
    EXPECT_EQ(lanes.leave(parked("never")), nullptr);
    EXPECT_EQ(waiting.value(), 1);
}

TEST_F(LanesTest, a_lane_is_bounded_and_so_are_all) {
    for (int i = 0; i < 3; ++i) EXPECT_NE(lanes.join(parked("a")), Place::None);
    EXPECT_EQ(lanes.join(parked("a")), Place::None);
    EXPECT_EQ(lanes.join(parked("b")), Place::First);
    EXPECT_EQ(lanes.join(parked("c")), Place::First);
    EXPECT_EQ(lanes.join(parked("d")), Place::None);
    EXPECT_EQ(waiting.value(), 5);
}

TEST_F(LanesTest, the_overdue_are_those_whose_deadline_came) {
    const auto one = parked("a", 1), two = parked("b", 2), three = parked("a", 3);
    for (const auto& each : {one, two, three}) (void)lanes.join(each);
    EXPECT_TRUE(lanes.overdue(second(0), false).empty());
    EXPECT_EQ(lanes.overdue(second(2), false), (std::vector<std::shared_ptr<Parked>>{one, two}));
    EXPECT_EQ(lanes.overdue(second(0), true).size(), 3U);
}

TEST_F(LanesTest, a_parked_status_owns_what_the_message_only_showed) {
    std::shared_ptr<Parked> kept;
    {
        std::string device = "a name that is longer than any small string";
        std::string secret = "a secret that is longer than any small string";
        const sdk::Message message{{"app", device},
                                   {"app", "gateway"},
                                   {sdk::Credential::Kind::Password, "user", secret},
                                   {},
                                   77,
                                   "192.0.2.1"};
        kept = std::make_shared<Parked>(message, protocol::Status(),
                                        std::make_unique<support::RecordingReply>(), second(1));
        device.assign(device.size(), 'x');
        secret.assign(secret.size(), 'x');
    }
    const auto message = kept->message();
    EXPECT_EQ(message.device.device, "a name that is longer than any small string");
    EXPECT_EQ(message.sender.device, "gateway");
    EXPECT_EQ(message.credential.kind, sdk::Credential::Kind::Password);
    EXPECT_EQ(message.credential.username, "user");
    EXPECT_EQ(message.credential.secret, "a secret that is longer than any small string");
    EXPECT_EQ(message.room, 77U);
    EXPECT_EQ(message.peer, "192.0.2.1");
}

TEST_F(LanesTest, one_answer_is_claimed_once) {
    const auto one = parked("a");
    EXPECT_FALSE(one->is_answered());
    EXPECT_TRUE(one->claim_answer());
    EXPECT_FALSE(one->claim_answer());
    EXPECT_TRUE(one->is_answered());
}

}  // namespace

}  // namespace ajour::exchange
