// SPDX-License-Identifier: Apache-2.0
// Pre-shared keys for a transport's handshake.
#include "support/engine.hpp"

#include <gtest/gtest.h>

namespace ajour::fleet {

namespace {

using sdk::ErrorKind;

const sdk::DeviceId device{"app", "dev"};

class KeyTest : public testing::Test {
protected:
    void put(const std::string& credentials, const std::string& more = {}) {
        engine.registry.put(device, R"({"metadata":{"name":"dev"},"spec":{"authentication":)"
                                    R"({"credentials":[)" +
                                        credentials + "]}" + more + "}}");
    }
    /// Asks until the registry has answered.
    sdk::Result<sdk::Bytes> key() {
        sdk::Result<sdk::Bytes> found = sdk::Error{};
        EXPECT_TRUE(support::await([&] {
            found = engine.exchange().key_for(device);
            return found || found.error().kind != ErrorKind::Unavailable;
        }));
        return found;
    }

    support::Engine engine;
};

TEST_F(KeyTest, is_unavailable_until_the_registry_has_answered) {
    put(R"({"psk":{"key":"AQID"}})");
    const auto first = engine.exchange().key_for(device);
    ASSERT_FALSE(first);
    EXPECT_EQ(first.error().kind, ErrorKind::Unavailable);
    const auto found = key();
    ASSERT_TRUE(found);
    EXPECT_EQ(*found, (sdk::Bytes{1, 2, 3}));
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
    EXPECT_EQ(*found, (sdk::Bytes{4, 5, 6}));
}

TEST_F(KeyTest, ages) {
    put(R"({"psk":{"key":"AQID"}})");
    ASSERT_TRUE(key());
    const auto before = engine.registry.look_ups();
    ASSERT_TRUE(engine.exchange().key_for(device));
    EXPECT_EQ(engine.registry.look_ups(), before);
    engine.clock.advance(std::chrono::seconds(31));
    EXPECT_FALSE(engine.exchange().key_for(device));
}

}  // namespace

}  // namespace ajour::fleet
