// SPDX-License-Identifier: Apache-2.0
// A whole fleet that asks at the same moment for what nobody has yet.
#include "unit/exchange/exchange_fixture.hpp"

#include <algorithm>

namespace ajour::exchange {

namespace {

constexpr int fleet_size = 1000;

class AtOnceTest : public ExchangeTest {
protected:
    /// All ask, the devices with odd numbers for `odd`; gives the commands.
    std::vector<support::ReceivedCommand> ask_all(const std::string& even, const std::string& odd) {
        std::vector<support::RecordingReply> replies;
        engine.source.fetch_gate.close();
        for (int i = 0; i < fleet_size; ++i) {
            const sdk::DeviceId each{"app", "dev-" + std::to_string(i)};
            engine.registry.put_device(each, i % 2 == 0 ? even : odd);
            replies.push_back(engine.submit(each, {"1", 512, {}, {}, 0}));
        }
        engine.source.fetch_gate.open();
        std::vector<support::ReceivedCommand> commands;
        for (const auto& reply : replies) {
            EXPECT_TRUE(reply.await_answer());
            commands.push_back(support::read_command(reply.answer().command));
        }
        return commands;
    }
    std::size_t times_asked_for(const std::string& spec) const {
        const auto resolved = engine.source.resolved();
        return static_cast<std::size_t>(
            std::count_if(resolved.begin(), resolved.end(),
                          [&](const auto& request) { return request.target.spec == spec; }));
    }
    void expect_first_blocks(const std::vector<support::ReceivedCommand>& commands) const {
        for (const auto& command : commands) {
            ASSERT_EQ(command.kind, Kind::Write);
            ASSERT_EQ(text(command.data), slice(image, 0, command.data.size()));
        }
    }
};

TEST_F(AtOnceTest, a_thousand_devices_cause_one_question_and_one_fetch) {
    engine.source.offer("\"fresh\"", "2", image);
    expect_first_blocks(ask_all("\"fresh\"", "\"fresh\""));
    EXPECT_EQ(times_asked_for("\"fresh\""), 1U);
    EXPECT_EQ(engine.source.fetched().size(), 1U);
}

TEST_F(AtOnceTest, two_targets_with_the_same_image_cause_one_question_each_and_one_fetch) {
    engine.source.say("\"other\"", engine.source.offer("\"fresh\"", "2", image));
    expect_first_blocks(ask_all("\"fresh\"", "\"other\""));
    EXPECT_EQ(times_asked_for("\"fresh\""), 1U);
    EXPECT_EQ(times_asked_for("\"other\""), 1U);
    EXPECT_EQ(engine.source.fetched().size(), 1U);
}

TEST_F(AtOnceTest, a_fetch_that_fails_is_not_tried_once_for_each) {
    engine.source.settable_traits().per_device = true;
    engine.restart();
    engine.source.offer("\"fresh\"", "2", image);
    engine.source.interrupt_fetch_after(100);
    for (const auto& command : ask_all("\"fresh\"", "\"fresh\"")) {
        ASSERT_NE(command.kind, Kind::Swap);
    }
    EXPECT_LE(engine.source.fetched().size(), 2U);
}

}  // namespace

}  // namespace ajour::exchange
