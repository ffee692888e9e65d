// SPDX-License-Identifier: Apache-2.0
// What the log says of those who are refused, and of registries and sources that fail.
#include "exchange/logins.hpp"
#include "exchange_fixture.hpp"

#include <algorithm>

namespace ajour::exchange {

namespace {

using sdk::Error;
using sdk::ErrorKind;

class NoticesTest : public ExchangeTest {
protected:
    void submit(const sdk::DeviceId& about, const sdk::DeviceId& sender,
                std::string_view password) {
        const auto payload = support::bytes_of(first);
        const sdk::Message message{about,   sender, {sdk::Credential::Kind::Password, {}, password},
                                   payload, 0,      "192.0.2.9"};
        EXPECT_TRUE(engine.submit(message).await_answer());
    }
    std::size_t count(const std::string& line) {
        const auto lines = engine.lines.all();
        return static_cast<std::size_t>(std::count(lines.begin(), lines.end(), line));
    }
    void expect_once(const std::string& line) {
        EXPECT_TRUE(support::await([&] { return count(line) == 1; }))
            << line << "\n"
            << testing::PrintToString(engine.lines.all());
    }
};

TEST_F(NoticesTest, name_who_was_refused_and_why) {
    submit(device, device, "guess");
    expect_once("exchange: refused a status of app/dev from 192.0.2.9: wrong credential");
    submit({"app", "no\none"}, {"app", "no\none"}, "guess");
    const auto lines = engine.lines.all();
    EXPECT_TRUE(std::any_of(lines.begin(), lines.end(), [](const auto& line) {
        return line.starts_with("exchange: refused a status of app/no%0Aone from 192.0.2.9: ");
    }));
}

TEST_F(NoticesTest, name_who_spoke_for_another) {
    engine.registry.put_device({"app", "stranger"});
    submit(device, {"app", "stranger"}, "secret");
    expect_once(
        "exchange: refused a status of app/dev, sent by app/stranger from 192.0.2.9: app/stranger "
        "is no gateway of app/dev");
}

TEST_F(NoticesTest, say_nothing_of_a_password_and_nothing_twice) {
    for (int i = 0; i < 5; ++i) submit(device, device, "a secret guess");
    EXPECT_EQ(engine.lines.all().size(), 1U);
    EXPECT_EQ(engine.lines.all().front().find("secret"), std::string::npos);
    EXPECT_EQ(engine.metrics.lines_left_out.value(), 4);
}

TEST_F(NoticesTest, say_when_an_address_is_braked) {
    for (int i = 0; i < 15; ++i) {
        engine.exchange().report_wrong_key({"app", "dev"}, "192.0.2.9");
    }
    expect_once(
        "exchange: refused a handshake of app/dev from 192.0.2.9: the peer has another pre-shared "
        "key, or there is none");
    expect_once(
        "exchange: 192.0.2.9 showed 10 wrong credentials: who is not known yet is turned away "
        "there, for 60 s at most");
}

TEST_F(NoticesTest, name_whose_status_cannot_be_read) {
    const auto garbage = sdk::bytes_of("\xff\xff");
    const sdk::Message message{device,  device, {sdk::Credential::Kind::Password, {}, "secret"},
                               garbage, 0,      "192.0.2.9"};
    engine.submit(message);
    const auto lines = engine.lines.all();
    ASSERT_EQ(lines.size(), 1U);
    EXPECT_TRUE(lines[0].starts_with("exchange: cannot read a status of app/dev from 192.0.2.9: "))
        << lines[0];
}

TEST_F(NoticesTest, name_who_may_not_log_in) {
    sdk::Metric asked, refused, throttled, failed, full;
    Logins logins{{engine.fleet(), engine.exchange().refusals(), engine.clock},
                  1,
                  {asked, refused, throttled, failed, full}};
    EXPECT_FALSE(logins.check(
        {device, device, {sdk::Credential::Kind::Password, {}, "guess"}, {}, 0, "192.0.2.9"}));
    expect_once("exchange: refused a login of app/dev from 192.0.2.9: wrong credential");
}

TEST_F(NoticesTest, say_nothing_of_those_who_are_served) {
    ASSERT_EQ(ask().kind, Kind::Write);
    EXPECT_TRUE(engine.lines.all().empty());
}

TEST_F(NoticesTest, say_once_that_the_registry_fails_and_once_that_it_is_well) {
    engine.registry.fail(Error{ErrorKind::Unavailable, "connection refused"});
    for (int i = 0; i < 3; ++i) ask();
    engine.registry.fail(std::nullopt);
    for (int i = 0; i < 3; ++i) ask();
    EXPECT_EQ(engine.lines.all(),
              (std::vector<std::string>{"fleet: the registry fails: connection refused",
                                        "fleet: the registry answers again"}));
}

TEST_F(NoticesTest, say_once_that_a_source_fails_and_once_that_it_is_well) {
    const auto ask_again = [this] {
        engine.clock.advance(std::chrono::seconds(11));
        return ask().kind;
    };
    engine.source.say("\"main\"", Error{ErrorKind::Unavailable, "status 503"});
    for (int i = 0; i < 3; ++i) EXPECT_EQ(ask_again(), Kind::Wait);
    engine.source.offer("\"main\"", "2", image);
    EXPECT_TRUE(support::await([&] { return ask_again() == Kind::Write; }));
    const auto target = std::string("firmware: source ");
    const auto lines = engine.lines.all();
    ASSERT_EQ(lines.size(), 2U) << testing::PrintToString(lines);
    EXPECT_NE(lines[0].find("for application app fails for \"main\" (asked by dev): status 503"),
              std::string::npos)
        << lines[0];
    EXPECT_NE(lines[1].find("for application app is well again for \"main\""), std::string::npos);
    EXPECT_TRUE(lines[0].starts_with(target) && lines[1].starts_with(target));
}

TEST_F(NoticesTest, say_that_a_source_fails_which_only_asks_for_time) {
    engine.source.say("\"main\"",
                      sdk::Resolution(sdk::NotYet{std::chrono::seconds(5), "it rests"}));
    ask();
    engine.clock.advance(std::chrono::seconds(10));
    ask();
    EXPECT_TRUE(engine.lines.all().empty()) << testing::PrintToString(engine.lines.all());
    EXPECT_TRUE(support::await([&] {
        engine.clock.advance(std::chrono::seconds(10));
        ask();
        return !engine.lines.all().empty();
    }));
    EXPECT_TRUE(engine.lines.all().front().ends_with("(asked by dev): it rests"));
}

}  // namespace

}  // namespace ajour::exchange
