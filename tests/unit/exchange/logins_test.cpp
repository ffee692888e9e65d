// SPDX-License-Identifier: Apache-2.0
#include "exchange/logins.hpp"

#include "exchange_fixture.hpp"

#include <optional>
#include <thread>

namespace ajour::exchange {

namespace {

using sdk::ErrorKind;

constexpr int failures_max = 10;  // the brake's default

class LoginsTest : public ExchangeTest {
protected:
    std::optional<ErrorKind> log_in(const std::string& password = "secret",
                                    const std::string& peer = "192.0.2.1") {
        return log_in_as(device, password, peer);
    }
    std::optional<ErrorKind> log_in_as(const sdk::DeviceId& who,
                                       const std::string& password = "secret",
                                       const std::string& peer = "192.0.2.1") {
        const auto checked =
            logins.check({who, who, {sdk::Credential::Kind::Password, {}, password}, {}, 0, peer});
        return checked ? std::nullopt : std::optional(checked.error().kind);
    }
    void guess(int times, const std::string& peer = "192.0.2.1") {
        for (int i = 0; i < times; ++i) {
            ASSERT_EQ(log_in("guess " + std::to_string(i), peer), ErrorKind::Refused);
        }
    }

    static constexpr auto allowed = std::nullopt;
    sdk::Metric asked, refused, throttled, failed, full;
    Logins logins{{engine.fleet(), engine.exchange().refusals(), engine.clock},
                  1,
                  {asked, refused, throttled, failed, full}};
};

TEST_F(LoginsTest, are_for_those_with_the_password_of_the_registry) {
    EXPECT_EQ(log_in(), allowed);
    EXPECT_EQ(log_in("wrong"), ErrorKind::Refused);
    EXPECT_EQ(log_in(""), ErrorKind::Refused);
    EXPECT_EQ(log_in_as({"app", "nobody"}), ErrorKind::NotFound);
    EXPECT_EQ(asked.value(), 4);
    EXPECT_EQ(refused.value(), 3);
}

TEST_F(LoginsTest, are_not_for_disabled_devices) {
    engine.registry.put_device(device, "\"main\"", "secret", R"(,"core":{"disabled":true})");
    EXPECT_EQ(log_in(), ErrorKind::Refused);
}

TEST_F(LoginsTest, of_a_device_in_memory_do_not_ask_the_registry) {
    ASSERT_EQ(log_in(), allowed);
    const auto before = engine.registry.look_ups();
    EXPECT_EQ(log_in(), allowed);
    EXPECT_EQ(engine.registry.look_ups(), before);
}

TEST_F(LoginsTest, count_a_changed_password_as_soon_as_the_registry_tells) {
    ASSERT_EQ(log_in(), allowed);
    engine.registry.put_device(device, "\"main\"", "changed");
    engine.fleet().device_changed(device);
    EXPECT_EQ(log_in(), ErrorKind::Refused);
    EXPECT_EQ(log_in("changed"), allowed);
}

TEST_F(LoginsTest, count_a_changed_password_when_the_registrys_answer_has_aged) {
    ASSERT_EQ(log_in(), allowed);
    engine.registry.put_device(device, "\"main\"", "changed");
    engine.clock.advance(std::chrono::seconds(30));
    EXPECT_EQ(log_in(), ErrorKind::Refused);
}

TEST_F(LoginsTest, of_known_devices_go_on_while_the_registry_fails) {
    ASSERT_EQ(log_in(), allowed);
    engine.registry.fail(sdk::Error{ErrorKind::Unavailable, "down"});
    engine.clock.advance(std::chrono::seconds(30));
    EXPECT_EQ(log_in(), allowed);
    EXPECT_EQ(log_in("other"), ErrorKind::Unavailable);
    EXPECT_EQ(failed.value(), 2);
}

TEST_F(LoginsTest, that_fail_by_the_registrys_fault_do_not_brake) {
    engine.registry.fail(sdk::Error{ErrorKind::Unavailable, "down"});
    for (int i = 0; i < 2 * failures_max; ++i) EXPECT_EQ(log_in(), ErrorKind::Unavailable);
    engine.registry.fail(std::nullopt);
    EXPECT_EQ(log_in(), allowed);
}

TEST_F(LoginsTest, are_braked_after_too_many_wrong_passwords) {
    guess(failures_max);
    EXPECT_EQ(log_in(), ErrorKind::Throttled);
    EXPECT_EQ(throttled.value(), 1);
    EXPECT_EQ(log_in("secret", "192.0.2.2"), allowed) << "from elsewhere";
}

TEST_F(LoginsTest, of_known_devices_pass_the_brake) {
    ASSERT_EQ(log_in(), allowed);
    guess(failures_max);
    EXPECT_EQ(log_in(), allowed);
    engine.clock.advance(std::chrono::seconds(30));
    EXPECT_EQ(log_in(), allowed) << "also when the registry has to be asked again";
}

TEST_F(LoginsTest, that_guess_brake_statuses_of_the_same_address) {
    guess(failures_max);
    EXPECT_EQ(refusal(engine.submit(device, first)), ErrorKind::Throttled);
}

TEST_F(LoginsTest, are_braked_by_statuses_that_guess) {
    const auto payload = support::bytes_of(first);
    for (int i = 0; i < failures_max; ++i) {
        const sdk::Message wrong{device,  device, {sdk::Credential::Kind::Password, {}, "wrong"},
                                 payload, 0,      "192.0.2.1"};
        ASSERT_EQ(refusal(engine.submit(wrong)), ErrorKind::Refused);
    }
    EXPECT_EQ(log_in(), ErrorKind::Throttled);
}

TEST_F(LoginsTest, wait_for_the_registry_in_no_greater_number_than_they_may) {
    engine.registry.gate.close();
    std::optional<ErrorKind> waited = ErrorKind::Internal;
    std::thread first_one([&] { waited = log_in(); });
    ASSERT_TRUE(support::await([this] { return engine.registry.look_ups() == 1; }));
    EXPECT_EQ(log_in("another"), ErrorKind::Full);
    EXPECT_EQ(full.value(), 1);
    engine.registry.gate.open();
    first_one.join();
    EXPECT_EQ(waited, allowed);
    EXPECT_EQ(log_in("another"), ErrorKind::Refused) << "there is room again";
}

}  // namespace

}  // namespace ajour::exchange
