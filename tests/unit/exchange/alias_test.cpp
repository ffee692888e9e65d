// SPDX-License-Identifier: Apache-2.0
// A device that speaks under an alias.
#include "unit/exchange/exchange_fixture.hpp"

namespace ajour::exchange {

namespace {

class AliasTest : public ExchangeTest {
protected:
    void SetUp() override {
        ExchangeTest::SetUp();
        engine.registry.put(alias,
                            R"({"metadata":{"name":"dev"},"spec":{"firmware":{"file":"main"},)"
                            R"("authentication":{"credentials":[{"pass":"secret"}]}}})");
        ASSERT_EQ(ask_as_alias(0).kind, Kind::Write);
    }
    support::ReceivedCommand ask_as_alias(std::uint32_t offset) {
        return engine.ask(alias, {"1", 512, {}, "2", offset});
    }

    const sdk::DeviceId alias{"app", "serial-4711"};
};

TEST_F(AliasTest, costs_one_look_up_and_not_one_a_turn) {
    const auto before = engine.registry.look_ups();
    for (std::uint32_t offset = 512; offset < 4000; offset += 512) {
        EXPECT_EQ(ask_as_alias(offset).offset, offset);
    }
    EXPECT_EQ(engine.registry.look_ups(), before);
    EXPECT_EQ(engine.fleet().size(), 1U) << "the alias is no device of its own";
}

TEST_F(AliasTest, a_wrong_password_under_it_is_refused) {
    const auto payload = support::bytes_of(first);
    const auto reply = engine.submit(
        sdk::Message{alias, alias, {sdk::Credential::Kind::Password, {}, "guess"}, payload, 0, {}});
    EXPECT_EQ(refusal(reply), sdk::ErrorKind::Refused);
}

TEST_F(AliasTest, is_refused_as_soon_as_it_is_known_to_be_gone) {
    engine.registry.remove(alias);
    engine.fleet().device_changed(alias);
    EXPECT_EQ(refusal(engine.submit(alias, first)), sdk::ErrorKind::NotFound);
}

}  // namespace

}  // namespace ajour::exchange
