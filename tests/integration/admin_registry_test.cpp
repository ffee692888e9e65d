// SPDX-License-Identifier: Apache-2.0
// The registry API over real sockets, in Drogue Cloud's paths, statuses and shapes.
#include "integration/admin_fixture.hpp"

#include <gmock/gmock.h>

#include <atomic>
#include <thread>

namespace ajour::admin {
namespace {

using testing::HasSubstr;

struct RegistryApi : RunningAdmin {
    void SetUp() override {
        RunningAdmin::SetUp();
        ASSERT_EQ(ask("POST", apps_path(), R"({"metadata":{"name":"app"}})").status, 201);
    }

    ClientResponse post_device(const std::string& name) {
        const Json body = {{"metadata", {{"application", "app"}, {"name", name}}}};
        return ask("POST", apps_path("/app/devices"), body.dump());
    }

    static Json parsed(const ClientResponse& response) {
        auto body = json::parse(response.body);
        return body ? *body : Json("not JSON: " + response.body);
    }
};

TEST_F(RegistryApi, creates_with_201_and_a_location_and_no_body) {
    const auto application = ask("POST", apps_path(), R"({"metadata":{"name":"new"}})");
    EXPECT_EQ(application.status, 201);
    EXPECT_EQ(application.location, "/api/registry/v1alpha1/apps/new");
    EXPECT_EQ(application.body, "");
    const auto device = post_device("bar/baz");
    EXPECT_EQ(device.status, 201);
    EXPECT_EQ(device.location, "/api/registry/v1alpha1/apps/app/devices/bar%2Fbaz");
    EXPECT_EQ(ask("GET", device.location).status, 200);
}

TEST_F(RegistryApi, finds_names_with_a_slash_and_beyond_ascii) {
    for (const std::string name : {"bar/baz", "\xc3\xa4 b+c%2F", "..", "a?b#c"}) {
        ASSERT_EQ(post_device(name).status, 201) << name;
        const auto found = ask("GET", apps_path("/app/devices/" + path_segment(name)));
        ASSERT_EQ(found.status, 200) << name;
        EXPECT_EQ(parsed(found)["metadata"]["name"], name);
    }
}

TEST_F(RegistryApi, answers_what_is_not_there_with_404_and_the_kind) {
    const std::pair<std::string, std::string> rows[] = {{"GET", "/x"},
                                                        {"PUT", "/x"},
                                                        {"DELETE", "/x"},
                                                        {"GET", "/x/devices"},
                                                        {"GET", "/app/devices/x"},
                                                        {"DELETE", "/app/devices/x"},
                                                        {"GET", "/x/devices/d"}};
    for (const auto& [method, path] : rows) {
        const auto body = method == "PUT" ? R"({"metadata":{"name":"x"}})" : "";
        const auto response = ask(method, apps_path(path), body);
        EXPECT_EQ(response.status, 404) << method << path;
        EXPECT_EQ(parsed(response)["error"], "NotFound") << method << path;
    }
    const auto reference =
        ask("POST", apps_path("/app/devices"), R"({"metadata":{"application":"none","name":"d"}})");
    EXPECT_EQ(reference.status, 404);
    EXPECT_EQ(parsed(reference)["error"], "ReferenceNotFound");
}

TEST_F(RegistryApi, uses_the_application_of_the_body_and_not_of_the_path) {
    ASSERT_EQ(ask("POST", apps_path(), R"({"metadata":{"name":"other"}})").status, 201);
    ASSERT_EQ(
        ask("POST", apps_path("/app/devices"), R"({"metadata":{"application":"other","name":"d"}})")
            .status,
        201);
    EXPECT_EQ(ask("GET", apps_path("/other/devices/d")).status, 200);
    EXPECT_EQ(ask("GET", apps_path("/app/devices/d")).status, 404);
}

TEST_F(RegistryApi, answers_conflicts_with_409) {
    EXPECT_EQ(ask("POST", apps_path(), R"({"metadata":{"name":"app"}})").status, 409);
    const auto stale = ask("PUT", apps_path("/app"),
                           R"({"metadata":{"name":"app","resourceVersion":"x"},"spec":{"a":1}})");
    EXPECT_EQ(stale.status, 409);
    EXPECT_EQ(stale.body, R"({"error":"Conflict","message":"Conflict"})");
    ASSERT_EQ(post_device("d").status, 201);
    const auto full = ask("DELETE", apps_path("/app"));
    EXPECT_EQ(full.status, 409);
    EXPECT_THAT(full.body, HasSubstr("1 devices: delete them first"));
}

TEST_F(RegistryApi, replaces_and_deletes_with_204) {
    EXPECT_EQ(ask("PUT", apps_path("/app"), R"({"metadata":{"name":"app"},"spec":{"a":1}})").status,
              204);
    const auto application = parsed(ask("GET", apps_path("/app")));
    EXPECT_EQ(application["spec"]["a"], 1);
    EXPECT_EQ(application["metadata"]["generation"], 1);
    EXPECT_EQ(ask("DELETE", apps_path("/app"), R"({"preconditions":{"uid":"x"}})").status, 409);
    EXPECT_EQ(ask("DELETE", apps_path("/app"), R"({"preconditions":{"uid":1}})").status, 400);
    EXPECT_EQ(ask("DELETE", apps_path("/app"),
                  Json{{"preconditions", {{"uid", application["metadata"]["uid"]}}}}.dump())
                  .status,
              204);
    EXPECT_EQ(ask("GET", apps_path("/app")).status, 404);
}

TEST_F(RegistryApi, answers_bad_bodies_with_400_and_a_reason) {
    for (const std::string body :
         {"", "{", "[]", "\"x\"", "null", R"({"metadata":{}})", R"({"metadata":{"name":"A_B"}})",
          R"({"metadata":{"name":"x","color":"red"}})", "\xff\xfe",
          R"({"metadata":{"name":"x"}} x)"}) {
        const auto response = ask("POST", apps_path(), body);
        EXPECT_EQ(response.status, 400) << body;
        EXPECT_EQ(parsed(response)["error"], "BadRequest") << body;
        EXPECT_NE(json::text(parsed(response), "message"), "") << body;
    }
    std::string deep(50'000, '[');
    EXPECT_EQ(ask("POST", apps_path(), deep).status, 400);
    EXPECT_EQ(ask("PUT", apps_path("/app"), R"({"metadata":{"name":"other"}})").status, 400);
}

TEST_F(RegistryApi, lists_as_an_array_sorted_by_name_with_labels_limit_and_offset) {
    EXPECT_EQ(ask("GET", apps_path("/app/devices")).body, "[]");
    for (const auto* name : {"b", "c", "a"}) ASSERT_EQ(post_device(name).status, 201);
    ASSERT_EQ(ask("PUT", apps_path("/app/devices/c"),
                  R"({"metadata":{"application":"app","name":"c","labels":{"k":"v"}}})")
                  .status,
              204);
    const auto names = [&](const std::string& query) {
        std::string joined;
        for (const auto& device : parsed(ask("GET", apps_path("/app/devices" + query)))) {
            joined += json::text(device["metadata"], "name");
        }
        return joined;
    };
    EXPECT_EQ(names(""), "abc");
    EXPECT_EQ(names("?limit=2"), "ab");
    EXPECT_EQ(names("?limit=0"), "");
    EXPECT_EQ(names("?limit=1&offset=1"), "b");
    EXPECT_EQ(names("?offset=7"), "");
    EXPECT_EQ(names("?labels=k%3Dv"), "c");
    EXPECT_EQ(names("?labels=k+in+(u,v)"), "c");
    EXPECT_EQ(names("?labels=%21k"), "ab");
    for (const auto* query :
         {"?limit=x", "?limit=-1", "?offset=1.5", "?labels=%3D", "?labels=%zz"}) {
        EXPECT_EQ(ask("GET", apps_path("/app/devices") + query).status, 400) << query;
    }
    EXPECT_EQ(parsed(ask("GET", apps_path())).size(), 1u);
}

TEST_F(RegistryApi, lists_a_whole_fleet_page_by_page) {
    std::vector<Json> bodies;
    for (int i = 0; i < 1001; ++i) {
        bodies.push_back({{"metadata", {{"application", "app"}, {"name", std::to_string(i)}}}});
    }
    ASSERT_TRUE(objects->create_devices(bodies).ok());
    EXPECT_EQ(parsed(ask("GET", apps_path("/app/devices"))).size(), 1001u);
    EXPECT_EQ(parsed(ask("GET", apps_path("/app/devices?limit=450&offset=300"))).size(), 450u);
    EXPECT_EQ(parsed(ask("GET", apps_path("/app/devices?offset=950"))).size(), 51u);
}

TEST_F(RegistryApi, speaks_with_curl) {
    const auto credential = "-u anyone:" + token + " ";
    const auto created = curl(credential +
                              "-X POST -H 'Content-Type: application/json' -d "
                              R"('{"metadata":{"application":"app","name":"d"}}' )" +
                              url(apps_path("/app/devices")));
    EXPECT_EQ(created, "\n201");
    const auto found =
        curl("-H 'Authorization: Bearer " + token + "' " + url(apps_path("/app/devices/d")));
    EXPECT_THAT(found, HasSubstr("\"name\":\"d\""));
    EXPECT_THAT(found, testing::EndsWith("\n200"));
    EXPECT_EQ(curl(credential + "-X DELETE " + url(apps_path("/app/devices/d"))), "\n204");
    EXPECT_THAT(curl(credential + "--http1.0 " + url(apps_path())), testing::EndsWith("]\n200"));
}

TEST_F(RegistryApi, lets_one_of_several_writers_of_a_revision_win) {
    for (int round = 0; round < 5; ++round) {
        const auto read = parsed(ask("GET", apps_path("/app")));
        std::atomic<int> won = 0;
        std::atomic<int> conflicts = 0;
        {
            std::vector<std::jthread> writers;
            for (int writer = 0; writer < 8; ++writer) {
                writers.emplace_back([&, writer] {
                    auto body = read;
                    body["spec"]["writer"] = round * 10 + writer;
                    const auto status = ask("PUT", apps_path("/app"), body.dump()).status;
                    if (status == 204) ++won;
                    if (status == 409) ++conflicts;
                });
            }
        }
        EXPECT_EQ(won, 1);
        EXPECT_EQ(conflicts, 7);
    }
    EXPECT_EQ(parsed(ask("GET", apps_path("/app")))["metadata"]["generation"], 5);
}

}  // namespace
}  // namespace ajour::admin
