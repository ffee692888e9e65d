// SPDX-License-Identifier: Apache-2.0
// The command line's way to the registry, against the real admin server.
#include "cli/admin_api.hpp"
#include "integration/admin_fixture.hpp"

#include <gmock/gmock.h>

namespace ajour::cli {
namespace {

using testing::HasSubstr;

struct CliAdminApi : admin::RunningAdmin {
    void SetUp() override {
        start();
        options.server = "http://127.0.0.1:" + std::to_string(server->port());
        options.token_file = temp.write("token", token + "\n").string();
        options.config = temp.write("ajour.properties", "").string();
        api().create(applications_path(), {{"metadata", {{"name", "app"}}}});
    }

    AdminApi api() const { return AdminApi(options); }
    std::string failure(const std::function<void()>& act) const {
        try {
            act();
        } catch (const Failure& thrown) {
            return thrown.what();
        }
        return "no failure";
    }

    support::TempDirectory temp;
    Options options;
};

TEST_F(CliAdminApi, creates_reads_changes_and_deletes) {
    const auto path = device_path("app", "bar/baz");
    api().create(devices_path("app"),
                 {{"metadata", {{"application", "app"}, {"name", "bar/baz"}}}});
    api().change(path, [](Json& object) { object["spec"]["x"] = 1; });
    EXPECT_EQ(api().find(path)["spec"]["x"], 1);
    EXPECT_EQ(api().find(devices_path("app")).size(), 1U);
    api().remove(path);
    EXPECT_EQ(api().find(devices_path("app")).size(), 0U);
}

TEST_F(CliAdminApi, tries_once_more_when_somebody_else_wrote_in_between) {
    int edits = 0;
    api().change(application_path("app"), [&](Json& object) {
        if (++edits == 1) {
            api().change(application_path("app"), [](Json& other) { other["spec"]["theirs"] = 1; });
        }
        object["spec"]["ours"] = 2;
    });
    EXPECT_EQ(edits, 2);
    const auto spec = api().find(application_path("app"))["spec"];
    EXPECT_EQ(spec["theirs"], 1);
    EXPECT_EQ(spec["ours"], 2);
}

TEST_F(CliAdminApi, gives_up_when_it_happens_again) {
    int edits = 0;
    const auto text = failure([&] {
        api().change(application_path("app"), [&](Json& object) {
            ++edits;
            api().change(application_path("app"),
                         [&](Json& other) { other["spec"]["theirs"] = edits; });
            object["spec"]["ours"] = 2;
        });
    });
    EXPECT_EQ(edits, 2);
    EXPECT_THAT(text, testing::StartsWith("changing: "));
    EXPECT_FALSE(api().find(application_path("app"))["spec"].contains("ours"));
}

TEST_F(CliAdminApi, says_what_the_server_says) {
    EXPECT_THAT(failure([&] { (void)api().find(application_path("nope")); }), HasSubstr("nope"));
    options.token_file = temp.write("wrong", "wrong\n").string();
    EXPECT_THAT(failure([&] { (void)api().find(applications_path()); }), HasSubstr("--token-file"));
    EXPECT_THAT(failure([&] { (void)api().find(applications_path()); }),
                testing::Not(HasSubstr("wrong")));
}

TEST_F(CliAdminApi, says_when_there_is_no_token_and_where_it_looked) {
    options.token_file = (temp.path() / "missing").string();
    EXPECT_THAT(failure([&] { (void)api(); }), HasSubstr("missing"));
}

}  // namespace
}  // namespace ajour::cli
