// SPDX-License-Identifier: Apache-2.0
// Who may speak as, or for, a device.
#include "support/engine.hpp"

#include <gtest/gtest.h>

namespace ajour::fleet {

namespace {

using sdk::ErrorKind;
using Kind = sdk::Credential::Kind;

const sdk::DeviceId device{"app", "dev"}, gateway{"app", "gateway"};

sdk::Message message(const sdk::DeviceId& about, const sdk::DeviceId& sender,
                     std::string_view secret = "secret", std::string_view username = {}) {
    return {about, sender, {Kind::Password, username, secret}, {}, 0, {}};
}

class AdmissionTest : public testing::Test {
protected:
    void SetUp() override { engine.registry.put_device(device); }

    ErrorKind refusal(const sdk::Message& shown) {
        const auto admitted = engine.fleet().admit(shown);
        EXPECT_FALSE(admitted);
        return admitted ? ErrorKind::Internal : admitted.error().kind;
    }
    bool is_admitted(const sdk::Message& shown) {
        const auto tag = engine.fleet().tag(shown);
        const auto now = engine.clock.now();
        return engine.fleet().visit(shown.device, [&](const Device* known) {
            return known != nullptr && now < known->stale_at && known->is_admitted(tag, now);
        });
    }

    support::Engine engine;
};

TEST_F(AdmissionTest, a_device_is_admitted_by_its_password_and_remembered) {
    EXPECT_FALSE(is_admitted(message(device, device)));
    const auto admitted = engine.fleet().admit(message(device, device));
    ASSERT_TRUE(admitted);
    EXPECT_EQ(*admitted, device);
    EXPECT_TRUE(is_admitted(message(device, device)));
    EXPECT_FALSE(is_admitted(message(device, device, "guess")));
    EXPECT_FALSE(is_admitted(message(device, gateway)));
}

TEST_F(AdmissionTest, a_wrong_password_is_refused) {
    EXPECT_EQ(refusal(message(device, device, "guess")), ErrorKind::Refused);
    EXPECT_EQ(refusal(message(device, device, "")), ErrorKind::Refused);
    EXPECT_FALSE(is_admitted(message(device, device, "guess")));
    EXPECT_EQ(engine.fleet().size(), 0U) << "who is refused takes no place";
}

TEST_F(AdmissionTest, a_device_that_nobody_knows_is_not_found) {
    EXPECT_EQ(refusal(message({"app", "nobody"}, {"app", "nobody"})), ErrorKind::NotFound);
}

TEST_F(AdmissionTest, a_registry_that_is_down_gives_its_error) {
    engine.registry.fail(sdk::Error{ErrorKind::Unavailable, "down"});
    EXPECT_EQ(refusal(message(device, device)), ErrorKind::Unavailable);
    EXPECT_EQ(engine.metrics.registry_failed.value(), 1);
}

TEST_F(AdmissionTest, a_session_is_good_as_long_as_the_key_that_opened_it) {
    const auto put_key = [this](const std::string& key, const std::string& validity = {}) {
        engine.registry.put(device, R"({"metadata":{"name":"dev"},"spec":{"authentication":)"
                                    R"({"credentials":[{"psk":{"key":")" +
                                        key + "\"" + validity + "}}]}}}");
    };
    const auto refresh = [this](const sdk::Message& shown) {
        engine.fleet().refresh(device);
        return support::await([&] { return !is_admitted(shown); });
    };
    put_key("AQID");
    sdk::Result<sdk::DeviceKey> key = sdk::Error{};
    ASSERT_TRUE(support::await([&] { return (key = engine.fleet().key_for(device)).ok(); }));
    auto shown = message(device, device, key->tag);
    shown.credential.kind = Kind::PreSharedKey;
    ASSERT_TRUE(engine.fleet().admit(shown));
    put_key("BAUG");
    EXPECT_TRUE(refresh(shown)) << "it was replaced";
    EXPECT_EQ(refusal(shown), ErrorKind::Refused);
    put_key("AQID");
    ASSERT_TRUE(engine.fleet().admit(shown));
    put_key("AQID", R"(,"validity":{"notAfter":"2021-01-01T00:00:00Z"})");
    EXPECT_TRUE(refresh(shown)) << "it has expired";
    EXPECT_EQ(refusal(shown), ErrorKind::Refused);
}

TEST_F(AdmissionTest, a_disabled_device_is_refused) {
    engine.registry.put_device(device, "\"main\"", "secret", R"(,"core":{"disabled":true})");
    EXPECT_EQ(refusal(message(device, device)), ErrorKind::Refused);
}

TEST_F(AdmissionTest, a_device_that_was_disabled_meanwhile_is_admitted_no_more) {
    ASSERT_TRUE(engine.fleet().admit(message(device, device)));
    engine.registry.put_device(device, "\"main\"", "secret", R"(,"core":{"disabled":true})");
    engine.fleet().refresh(device);
    EXPECT_TRUE(support::await([this] { return !is_admitted(message(device, device)); }));
    EXPECT_EQ(refusal(message(device, device)), ErrorKind::Refused);
}

TEST_F(AdmissionTest, an_alias_leads_to_the_device_itself) {
    const sdk::DeviceId alias{"app", "serial-4711"};
    engine.registry.put(alias, R"({"metadata":{"name":"dev"},"spec":{"authentication":)"
                               R"({"credentials":[{"pass":"secret"}]}}})");
    const auto admitted = engine.fleet().admit(message(alias, alias));
    ASSERT_TRUE(admitted);
    EXPECT_EQ(*admitted, device);
    EXPECT_EQ(refusal(message(alias, alias, "guess")), ErrorKind::Refused);
}

TEST_F(AdmissionTest, a_user_name_is_checked_against_the_password_of_that_user) {
    const std::string record =
        R"({"metadata":{"name":"dev"},"spec":{"authentication":{"credentials":[)"
        R"({"user":{"username":"bob","password":"bobs"}}]}}})";
    engine.registry.put({"app", "bob"}, record);
    engine.registry.put(device, record);
    EXPECT_TRUE(engine.fleet().admit(message({"app", "bob"}, {"app", "bob"}, "bobs")));
    EXPECT_TRUE(engine.fleet().admit(message(device, device, "bobs", "bob")));
    EXPECT_EQ(refusal(message(device, device, "bobs")), ErrorKind::Refused);
}

class GatewayTest : public AdmissionTest {
protected:
    void SetUp() override {
        engine.registry.put_device(device, "\"main\"", "own",
                                   R"(,"gatewaySelector":{"matchNames":["gateway"]})");
        engine.registry.put_device(gateway, "\"main\"", "gateways");
    }
};

TEST_F(GatewayTest, a_named_gateway_speaks_for_the_device_with_its_own_password) {
    EXPECT_TRUE(engine.fleet().admit(message(device, gateway, "gateways")));
    EXPECT_TRUE(is_admitted(message(device, gateway, "gateways")));
    EXPECT_EQ(refusal(message(device, gateway, "own")), ErrorKind::Refused);
}

TEST_F(GatewayTest, somebody_else_does_not_speak_for_the_device) {
    engine.registry.put_device({"app", "other"}, "\"main\"", "others");
    EXPECT_EQ(refusal(message(device, {"app", "other"}, "others")), ErrorKind::Refused);
    EXPECT_EQ(refusal(message(gateway, device, "own")), ErrorKind::Refused)
        << "not the other way round";
}

TEST_F(GatewayTest, a_gateway_of_another_application_does_not_speak_for_the_device) {
    engine.registry.put_device({"elsewhere", "gateway"}, "\"main\"", "gateways");
    EXPECT_EQ(refusal(message(device, {"elsewhere", "gateway"}, "gateways")), ErrorKind::Refused);
}

TEST_F(GatewayTest, a_disabled_gateway_does_not_speak_for_the_device) {
    engine.registry.put_device(gateway, "\"main\"", "gateways", R"(,"core":{"disabled":true})");
    EXPECT_EQ(refusal(message(device, gateway, "gateways")), ErrorKind::Refused);
}

TEST_F(GatewayTest, an_unknown_gateway_is_not_found) {
    EXPECT_EQ(refusal(message(device, {"app", "nobody"})), ErrorKind::NotFound);
}

/// A sender whose link vouches for it, as a broker does.
sdk::Message trusted(const sdk::DeviceId& about, const sdk::DeviceId& sender) {
    return {about, sender, {}, {}, 0, {}};
}

TEST_F(GatewayTest, a_sender_whose_link_vouches_for_it_speaks_for_itself_without_a_password) {
    EXPECT_TRUE(engine.fleet().admit(trusted(device, device)));
    EXPECT_TRUE(is_admitted(trusted(device, device)));
}

TEST_F(GatewayTest, a_sender_whose_link_vouches_for_it_speaks_for_others_only_as_their_gateway) {
    EXPECT_TRUE(engine.fleet().admit(trusted(device, gateway)));
    EXPECT_TRUE(is_admitted(trusted(device, gateway)));
    engine.registry.put_device({"app", "other"});
    EXPECT_EQ(refusal(trusted(device, {"app", "other"})), ErrorKind::Refused);
    EXPECT_EQ(refusal(trusted(gateway, device)), ErrorKind::Refused);
    EXPECT_EQ(refusal(trusted(device, {"app", "nobody"})), ErrorKind::NotFound);
}

TEST_F(GatewayTest, a_gateway_is_asked_for_again_when_the_registrys_answer_has_aged) {
    ASSERT_TRUE(engine.fleet().admit(message(device, gateway, "gateways")));
    engine.clock.advance(std::chrono::seconds(30));
    EXPECT_FALSE(is_admitted(message(device, gateway, "gateways")));
}

TEST_F(AdmissionTest, a_pass_ends_when_the_stored_credentials_change) {
    ASSERT_TRUE(engine.fleet().admit(message(device, device)));
    engine.registry.put_device(device, "\"main\"", "another");
    engine.fleet().refresh(device);
    EXPECT_TRUE(support::await([this] { return !is_admitted(message(device, device)); }));
    EXPECT_EQ(refusal(message(device, device)), ErrorKind::Refused);
}

TEST_F(AdmissionTest, a_pass_outlives_a_look_up_that_finds_the_same_credentials) {
    ASSERT_TRUE(engine.fleet().admit(message(device, device)));
    engine.registry.put_device(device, "\"other\"");
    engine.fleet().refresh(device);
    ASSERT_TRUE(support::await([this] { return engine.registry.look_ups() == 2; }));
    ASSERT_TRUE(support::drain(engine.registry_crew()));
    EXPECT_TRUE(is_admitted(message(device, device)));
}

TEST_F(AdmissionTest, two_ways_to_prove_it_are_remembered_at_once) {
    engine.registry.put(device,
                        R"({"metadata":{"name":"dev"},"spec":{"authentication":{"credentials":[)"
                        R"({"pass":"a"},{"pass":"b"},{"pass":"c"}]}}})");
    ASSERT_TRUE(engine.fleet().admit(message(device, device, "a")));
    ASSERT_TRUE(engine.fleet().admit(message(device, device, "b")));
    EXPECT_TRUE(is_admitted(message(device, device, "a")));
    EXPECT_TRUE(is_admitted(message(device, device, "b")));
    ASSERT_TRUE(engine.fleet().admit(message(device, device, "c")));
    EXPECT_FALSE(is_admitted(message(device, device, "a"))) << "the oldest goes first";
}

TEST_F(AdmissionTest, a_credential_longer_than_any_is_refused) {
    const std::string longest(2000, 'x');
    EXPECT_EQ(refusal(message(device, device, longest)), ErrorKind::Refused);
    const sdk::Message trusted{device, {"app", longest}, {}, {}, 0, {}};
    EXPECT_EQ(refusal(trusted), ErrorKind::Refused);
}

TEST_F(AdmissionTest, parts_of_a_credential_cannot_be_moved_between_its_fields) {
    const auto one = engine.fleet().tag(message(device, device, "bc", "a"));
    EXPECT_NE(one, engine.fleet().tag(message(device, device, "c", "ab")));
    EXPECT_NE(one, engine.fleet().tag(message(device, {"app", "dev2"}, "bc", "a")));
    EXPECT_EQ(one, engine.fleet().tag(message(device, device, "bc", "a")));
}

}  // namespace

}  // namespace ajour::fleet
