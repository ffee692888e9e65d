// SPDX-License-Identifier: Apache-2.0
#include "opened.hpp"
#include "store/embedded_registry.hpp"
#include "support/certificates.hpp"

#include <gmock/gmock.h>

namespace ajour::store {
namespace {

using sdk::ErrorKind;
using testing::HasSubstr;

struct TrustAnchors : Opened {
    Json trusting(const std::string& name, const std::string& certificate) const {
        auto body = application_body(name);
        body["spec"]["trustAnchors"]["anchors"] = Json::array({{{"certificate", certificate}}});
        return body;
    }

    /// The application in which a device is found whose certificate "CN=ca" issued.
    std::string found_in() {
        const auto record = registry.look_up({"CN=ca", "d"});
        if (!record) return record.error().kind == ErrorKind::NotFound ? "none" : "error";
        return json::text((*json::parse(record->application))["metadata"], "name");
    }

    support::Certificates certificates;
    std::string ca = support::content_of(certificates.file("ca.crt"));
    EmbeddedRegistry registry{*database, objects};
};

TEST_F(TrustAnchors, are_further_names_of_their_application) {
    ASSERT_TRUE(objects.create_application(trusting("app", ca)).ok());
    ASSERT_TRUE(objects.create_device(device_body("app", "d")).ok());
    EXPECT_EQ(found_in(), "app");
    ASSERT_TRUE(objects.replace({"app", ""}, application_body("app")).ok());
    EXPECT_EQ(found_in(), "none");
    ASSERT_TRUE(objects.replace({"app", ""}, trusting("app", ca)).ok());
    EXPECT_EQ(found_in(), "app");
}

TEST_F(TrustAnchors, belong_to_one_application_until_that_is_gone) {
    ASSERT_TRUE(objects.create_application(trusting("app", ca)).ok());
    const auto second = objects.create_application(trusting("other", ca));
    ASSERT_FALSE(second.ok());
    EXPECT_EQ(second.error().kind, ErrorKind::Mismatch);
    EXPECT_THAT(second.error().text, HasSubstr("\"CN=ca\" is a trust anchor of another"));
    EXPECT_EQ(objects.find({"other", ""}).error().kind, ErrorKind::NotFound);
    ASSERT_TRUE(objects.remove({"app", ""}).ok());
    EXPECT_TRUE(objects.create_application(trusting("other", ca)).ok());
}

TEST_F(TrustAnchors, are_refused_when_they_cannot_be_read) {
    for (const auto* wrong : {"", "AAAA", "no certificate"}) {
        const auto created = objects.create_application(trusting("app", wrong));
        ASSERT_FALSE(created.ok()) << wrong;
        EXPECT_EQ(created.error().kind, ErrorKind::Malformed);
        EXPECT_THAT(created.error().text, HasSubstr("spec.trustAnchors.anchors[0].certificate"));
    }
    auto body = application_body("app");
    for (const Json& wrong : {Json("x"), Json{{"anchors", "x"}}, Json::object()}) {
        body["spec"]["trustAnchors"] = wrong;
        EXPECT_EQ(objects.create_application(body).error().kind, ErrorKind::Malformed);
    }
    body["spec"]["trustAnchors"] = nullptr;
    EXPECT_TRUE(objects.create_application(body).ok());
}

}  // namespace
}  // namespace ajour::store
