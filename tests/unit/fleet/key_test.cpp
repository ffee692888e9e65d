// SPDX-License-Identifier: Apache-2.0
// Pre-shared keys for a transport's handshake.
#include "support/engine.hpp"

#include <gtest/gtest.h>

#include <ctime>

namespace ajour::fleet {

namespace {

using sdk::ErrorKind;

const sdk::DeviceId device{"app", "dev"};
constexpr const char* address = "192.0.2.1";

class KeyTest : public testing::Test {
protected:
    void put(const std::string& credentials, const std::string& more = {}) {
        engine.registry.put(device, R"({"metadata":{"name":"dev"},"spec":{"authentication":)"
                                    R"({"credentials":[)" +
                                        credentials + "]}" + more + "}}");
    }
    /// Asks until the registry has answered.
    sdk::Result<sdk::DeviceKey> key() {
        sdk::Result<sdk::DeviceKey> found = sdk::Error{};
        EXPECT_TRUE(support::await([&] {
            found = engine.exchange().key_for(device, address);
            return found || found.error().kind != ErrorKind::Unavailable;
        }));
        return found;
    }

    support::Engine engine;
};

TEST_F(KeyTest, is_unavailable_until_the_registry_has_answered) {
    put(R"({"psk":{"key":"AQID"}})");
    const auto first = engine.exchange().key_for(device, address);
    ASSERT_FALSE(first);
    EXPECT_EQ(first.error().kind, ErrorKind::Unavailable);
    const auto found = key();
    ASSERT_TRUE(found);
    EXPECT_EQ(found->key, (sdk::Bytes{1, 2, 3}));
}

TEST_F(KeyTest, is_refused_when_there_is_none_that_is_valid) {
    put(R"({"psk":{"key":"AQID","validity":{"notAfter":"2001-01-01T00:00:00Z"}}})");
    EXPECT_EQ(key().error().kind, ErrorKind::Refused);
}

TEST_F(KeyTest, is_refused_to_a_disabled_device) {
    put(R"({"psk":{"key":"AQID"}})", R"(,"core":{"disabled":true})");
    EXPECT_EQ(key().error().kind, ErrorKind::Refused);
}

TEST_F(KeyTest, of_a_device_that_nobody_knows_is_not_found) {
    EXPECT_EQ(key().error().kind, ErrorKind::NotFound);
}

TEST_F(KeyTest, is_asked_for_again_when_it_changed) {
    put(R"({"psk":{"key":"AQID"}})");
    ASSERT_TRUE(key());
    put(R"({"psk":{"key":"BAUG"}})");
    engine.fleet().device_changed(device);
    const auto found = key();
    ASSERT_TRUE(found);
    EXPECT_EQ(found->key, (sdk::Bytes{4, 5, 6}));
}

TEST_F(KeyTest, ages) {
    put(R"({"psk":{"key":"AQID"}})");
    ASSERT_TRUE(key());
    const auto before = engine.registry.look_ups();
    ASSERT_TRUE(engine.exchange().key_for(device, address));
    EXPECT_EQ(engine.registry.look_ups(), before);
    engine.clock.advance(std::chrono::seconds(31));
    EXPECT_FALSE(engine.exchange().key_for(device, address));
}

TEST_F(KeyTest, is_not_remembered_beyond_its_end) {
    const auto soon = std::time(nullptr) + 20;
    char text[32];
    std::strftime(text, sizeof text, "%Y-%m-%dT%H:%M:%SZ", std::gmtime(&soon));
    put(R"({"psk":{"key":"AQID","validity":{"notAfter":")" + std::string(text) + "\"}}}");
    ASSERT_TRUE(key());
    engine.clock.advance(std::chrono::seconds(22));
    EXPECT_FALSE(engine.exchange().key_for(device, address)) << "30 s are for those without an end";
}

TEST_F(KeyTest, is_withheld_from_an_address_that_showed_too_many_wrong_ones) {
    put(R"({"psk":{"key":"AQID"}})");
    ASSERT_TRUE(key());
    for (int i = 0; i < 10; ++i) {
        ASSERT_TRUE(engine.exchange().key_for(device, address)) << i;
        engine.exchange().report_wrong_key({"app", "any"}, address);
    }
    const auto withheld = engine.exchange().key_for(device, address);
    ASSERT_FALSE(withheld);
    EXPECT_EQ(withheld.error().kind, ErrorKind::Throttled);
    EXPECT_TRUE(engine.exchange().key_for(device, "192.0.2.2"));
    EXPECT_EQ(engine.metrics.handshakes_refused.value(), 10);
    EXPECT_EQ(engine.metrics.handshakes_throttled.value(), 1);
    engine.clock.advance(std::chrono::seconds(61));
    EXPECT_TRUE(key()) << "the window is over";
}

TEST_F(KeyTest, that_is_wrong_counts_as_a_wrong_password_does) {
    put(R"({"psk":{"key":"AQID"}})");
    for (int i = 0; i < 9; ++i) engine.exchange().report_wrong_key(device, address);
    const auto payload = support::bytes_of(support::DeviceStatus{"1", 512, {}, {}, 0});
    sdk::Message guess{device,  device, {sdk::Credential::Kind::Password, {}, "guess"},
                       payload, 0,      address};
    EXPECT_TRUE(engine.submit(guess).await_answer());
    EXPECT_FALSE(engine.exchange().key_for(device, address));
    EXPECT_EQ(engine.metrics.handshakes_throttled.value(), 1);
}

}  // namespace

}  // namespace ajour::fleet
