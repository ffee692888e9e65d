// SPDX-License-Identifier: Apache-2.0
#include "submission.hpp"

#include <gtest/gtest.h>

#include <string>

namespace ajour::http {
namespace {

constexpr std::string_view dev_app_pw = "Basic ZGV2QGFwcDpwdw==";

/// Owns the texts that a request points into.
struct Asked {
    Asked(std::string target, std::string authorization = std::string(dev_app_pw))
        : target_text(std::move(target)), authorization_text(std::move(authorization)) {
        request.method = Request::Method::Post;
        request.target = target_text;
        request.has_authorization = !authorization_text.empty();
        request.authorization = authorization_text;
    }
    const Answer* answer(const Access& access = {}) {
        const auto outcome = interpret(request, access);
        const auto* found = std::get_if<const Answer*>(&outcome);
        return found == nullptr ? nullptr : *found;
    }
    Submission submission(const Access& access = {}) {
        const auto outcome = interpret(request, access);
        EXPECT_TRUE(std::holds_alternative<Submission>(outcome)) << target_text;
        return std::get<Submission>(outcome);
    }
    std::string target_text;
    std::string authorization_text;
    Request request;
};

TEST(Submission, carries_device_password_and_timeout) {
    Asked asked("/v1/dfu?ct=30");
    const auto found = asked.submission();
    const sdk::DeviceView device{"app", "dev"};
    EXPECT_EQ(found.message.device, device);
    EXPECT_EQ(found.message.sender, device);
    EXPECT_EQ(found.message.credential.kind, sdk::Credential::Kind::Password);
    EXPECT_EQ(found.message.credential.username, "");
    EXPECT_EQ(found.message.credential.secret, "pw");
    EXPECT_EQ(found.command_timeout, std::chrono::seconds(30));
    EXPECT_EQ(found.message.room, 0U);
}

TEST(Submission, of_a_gateway_names_both_devices) {
    Asked asked("/v1/dfu?as=sensor");
    const auto found = asked.submission();
    EXPECT_EQ(found.message.device, (sdk::DeviceView{"app", "sensor"}));
    EXPECT_EQ(found.message.sender, (sdk::DeviceView{"app", "dev"}));
    EXPECT_EQ(Asked("/v1/dfu?as=").answer(), &answers::AuthenticationFailed);
}

TEST(Submission, carries_a_user_name) {
    Asked asked("/v1/dfu?application=app&device=d", "Basic dXNlcjpwdw==");
    EXPECT_EQ(asked.submission().message.credential.username, "user");
}

TEST(Submission, needs_a_credential) {
    EXPECT_EQ(Asked("/v1/dfu?application=a&device=d", "").answer(), &answers::AuthenticationFailed);
    EXPECT_EQ(Asked("/v1/dfu", "Bearer abc").answer(), &answers::AuthenticationFailed);
    EXPECT_EQ(Asked("/v1/dfu", "Basic nonsense!").answer(), &answers::AuthenticationFailed);
}

TEST(Submission, trusts_everyone_when_told_to) {
    Asked by_query("/v1/dfu?application=a&device=d", "");
    const auto found = by_query.submission({false, nullptr});
    EXPECT_EQ(found.message.device, (sdk::DeviceView{"a", "d"}));
    EXPECT_EQ(found.message.credential.kind, sdk::Credential::Kind::Trusted);
    EXPECT_EQ(found.message.credential.secret, "");
    Asked by_user("/v1/dfu");
    EXPECT_EQ(by_user.submission({false, nullptr}).message.device, (sdk::DeviceView{"app", "dev"}));
    EXPECT_EQ(Asked("/v1/dfu", "").answer({false, nullptr}), &answers::AuthenticationFailed);
}

TEST(Submission, takes_a_certificate_for_the_device) {
    const ClientCertificate shown{"O=Acme, CN=app", "CN=dev", "the chain"};
    Asked asked("/v1/dfu", "");
    const auto found = asked.submission({true, &shown});
    EXPECT_EQ(found.message.device, (sdk::DeviceView{"O=Acme, CN=app", "CN=dev"}));
    EXPECT_EQ(found.message.credential.kind, sdk::Credential::Kind::Certificate);
    EXPECT_EQ(found.message.credential.secret, "the chain");
}

TEST(Submission, refuses_a_certificate_that_names_nobody) {
    const ClientCertificate nobody{"CN=app", "", "the chain"};
    EXPECT_EQ(Asked("/v1/dfu", "").answer({true, &nobody}), &answers::AuthenticationFailed);
    const ClientCertificate endless{std::string(256, 'x'), "CN=dev", "the chain"};
    EXPECT_EQ(Asked("/v1/dfu", "").answer({true, &endless}), &answers::AuthenticationFailed);
}

TEST(Submission, refuses_a_certificate_next_to_other_names) {
    const ClientCertificate shown{"CN=app", "CN=dev", "the chain"};
    const Access access{true, &shown};
    EXPECT_EQ(Asked("/v1/dfu").answer(access), &answers::AuthenticationFailed);
    EXPECT_EQ(Asked("/v1/dfu?device=d", "").answer(access), &answers::AuthenticationFailed);
    EXPECT_EQ(Asked("/v1/dfu?application=a", "").answer(access), &answers::AuthenticationFailed);
}

TEST(Submission, answers_other_paths_and_methods_itself) {
    EXPECT_EQ(Asked("/v1/telemetry").answer(), &answers::UnknownPath);
    EXPECT_EQ(Asked("/favicon.ico").answer(), &answers::UnknownPath);
    EXPECT_EQ(Asked("/").answer(), &answers::OnlyGet);
    EXPECT_EQ(Asked("/v1/dfu?ct=soon").answer(), &answers::InvalidQuery);
    Asked root("/"), status("/v1/dfu");
    root.request.method = status.request.method = Request::Method::Get;
    EXPECT_EQ(root.answer(), &answers::Alive);
    EXPECT_EQ(status.answer(), &answers::OnlyPost);
}

TEST(Json, is_told_by_the_content_type) {
    for (const auto* type : {"application/json", "Application/JSON",
                             "application/json; charset=utf-8", "application/vnd.x+json"}) {
        EXPECT_TRUE(is_json(type)) << type;
    }
    for (const auto* type :
         {"", "application/cbor", "json", "application/octet-stream", "text/plain"}) {
        EXPECT_FALSE(is_json(type)) << type;
    }
}

}  // namespace
}  // namespace ajour::http
