// SPDX-License-Identifier: Apache-2.0
// The registry plugin's object against a server that answers as Drogue Cloud's registry does.
#include "drogue_registry.hpp"

#include <ajour/sdk/testing/fake_host.hpp>
#include <ajour/sdk/testing/plugin_file.hpp>
#include <ajour/sdk/testing/surroundings.hpp>

#include "support/await.hpp"
#include "support/drogue_cloud.hpp"
#include "support/places.hpp"

#include <gtest/gtest.h>

namespace ajour::drogue_registry {
namespace {

using namespace std::chrono_literals;
using sdk::Condition;
using sdk::ErrorKind;
using sdk::Report;
using support::DrogueCloud;
using support::HttpTurn;
using Json = DrogueCloud::Json;

class CloudRegistry : public testing::Test {
protected:
    void begin(sdk::contract::SettingValues more = {}) {
        cloud.add_application("app");
        cloud.add_device("app", "dev");
        more.insert(
            {{"url", cloud.url()}, {"plain", "true"}, {"user", "user"}, {"token", "token"}});
        more.insert({{"status.settle", "0ms"}, {"pause.min", "10ms"}, {"pause.max", "50ms"}});
        host = std::make_unique<sdk::contract::FakeHost>(file.descriptor().settings, more);
        registry = std::make_unique<DrogueRegistry>(*host);
        ASSERT_TRUE(registry->start(changes));
    }
    void TearDown() override {
        if (registry) registry->stop();
    }

    Report report(const std::string& percent, const std::string& device = "dev") {
        return {{"app", device},
                "1.0",
                "2.0",
                {{"InSync", Condition::Status::False, "", "", std::chrono::system_clock::now()},
                 {"UpdateProgress", Condition::Status::Unknown, "", percent, {}}}};
    }
    void tell(const Report& told) {
        const Report reports[] = {told};
        ASSERT_TRUE(registry->report(reports));
    }
    Json firmware() {
        const auto device = cloud.object("app", "dev");
        const auto place = Json::json_pointer("/status/firmware");
        return device.contains(place) ? device.at(place) : Json();
    }
    bool is_told(const std::string& percent) {
        return support::await([&] {
            const auto found = firmware();
            return !found.is_null() && found["conditions"][1]["message"] == percent;
        });
    }
    std::size_t puts() { return cloud.count("PUT", "/app/devices/dev"); }
    std::size_t gets() { return cloud.count("GET", "/app/devices/dev"); }
    void look_through() {
        std::this_thread::sleep_for(3ms);  // the interval of these tests is 1 ms
        for (int i = 0; i < 4; ++i) (void)registry->periodic()->tend();
    }

    DrogueCloud cloud;
    sdk::contract::PluginFile file{AJOUR_BINARY_DIR "/plugins/ajour-registry-drogue.so"};
    std::unique_ptr<sdk::contract::FakeHost> host;
    sdk::contract::CountingChanges changes;
    std::unique_ptr<DrogueRegistry> registry;
};

TEST_F(CloudRegistry, asks_for_an_object_once) {
    begin({{"poll", "0s"}});
    cloud.add_device("app", "other");
    for (int i = 0; i < 100; ++i) {
        ASSERT_TRUE(registry->look_up({"app", "dev"}));
        ASSERT_TRUE(registry->look_up({"app", "other"}));
    }
    EXPECT_EQ(cloud.count(), 3U);
}

TEST_F(CloudRegistry, knows_the_devices_of_an_application_by_one_list) {
    begin({{"applications", "app"}, {"limit", "100"}});
    for (int i = 0; i < 250; ++i) cloud.add_device("app", "d" + std::to_string(i));
    look_through();
    EXPECT_EQ(cloud.count(), 4U) << "the application and three pages";
    for (int i = 0; i < 250; ++i) ASSERT_TRUE(registry->look_up({"app", "d" + std::to_string(i)}));
    EXPECT_EQ(cloud.count(), 4U);
    tell(report("0.00", "d7"));
    EXPECT_TRUE(support::await([&] { return cloud.count("PUT", "/app/devices/d7") == 1; }));
    EXPECT_EQ(cloud.count(), 5U) << "the list has the version that a status is written with";
}

TEST_F(CloudRegistry, lists_some_when_the_first_is_heard) {
    begin();
    for (int i = 0; i < 250; ++i) cloud.add_device("app", "d" + std::to_string(i));
    for (int i = 0; i < 250; ++i) ASSERT_TRUE(registry->look_up({"app", "d" + std::to_string(i)}));
    EXPECT_EQ(cloud.count(), 2U);
}

TEST_F(CloudRegistry, writes_nothing_that_another_replica_wrote) {
    begin({{"status.interval.max", "0s"}, {"status.interval", "0s"}});
    cloud.change("app", "dev", [](Json& device) {
        device["status"]["firmware"] = Json::parse(
            R"({"current":"1.0","target":"2.0","conditions":[{"type":"InSync","status":"False"},)"
            R"({"type":"UpdateProgress","status":"Unknown","message":"1.00"}]})");
    });
    tell(report("5.00"));
    EXPECT_TRUE(support::await([&] { return host->metric("statuses_waiting").value() == 0; }));
    EXPECT_EQ(puts(), 0U);
}

TEST_F(CloudRegistry, tells_the_host_what_others_changed_and_not_what_we_did) {
    begin({{"poll", "1ms"}, {"status.interval", "0s"}, {"status.turns", "0"}});
    ASSERT_TRUE(registry->look_up({"app", "dev"}));
    tell(report("0.00"));
    ASSERT_TRUE(is_told("0.00"));
    look_through();
    EXPECT_EQ(changes.devices, 0);
    cloud.change("app", "dev",
                 [](Json& device) { device["spec"]["firmware"]["file"]["name"] = "x"; });
    look_through();
    EXPECT_EQ(changes.devices, 1);
    EXPECT_NE(registry->look_up({"app", "dev"})->device.find(R"("firmware":{"file")"),
              std::string::npos);
    cloud.change("app", "", [](Json& app) { app["spec"]["firmware"]["file"]["name"] = "x"; });
    look_through();
    EXPECT_EQ(changes.applications, 1);
    cloud.remove("app", "dev");
    look_through();
    EXPECT_EQ(changes.devices, 2);
    EXPECT_EQ(registry->look_up({"app", "dev"}).error().kind, ErrorKind::NotFound);
}

TEST_F(CloudRegistry, writes_the_first_status_each_step_and_the_last) {
    begin({{"status.interval", "0s"}, {"status.turns", "0"}});
    for (int percent = 0; percent < 100; ++percent) {
        tell(report(std::to_string(percent) + ".00"));
        if (percent % 10 == 0) {
            ASSERT_TRUE(is_told(std::to_string(percent) + ".00"));
        }
    }
    EXPECT_EQ(puts(), 10U);
    tell({{"app", "dev"}, "2.0", "2.0", {{"InSync", Condition::Status::True, "", "", {}}}});
    EXPECT_TRUE(support::await([&] { return firmware()["current"] == "2.0"; }));
    EXPECT_EQ(puts(), 11U);
}

TEST_F(CloudRegistry, leaves_all_else_of_an_object_as_it_was) {
    begin();
    cloud.change("app", "dev", [](Json& device) {
        device["metadata"]["annotations"]["a"] = "b";
        device["spec"]["deep"] = {{"x", {1, 2.5, nullptr, Json::array()}}};
        device["status"]["other"]["conditions"] = Json::array();
    });
    auto expected = cloud.object("app", "dev");
    tell(report("0.00"));
    ASSERT_TRUE(is_told("0.00"));
    expected["status"]["firmware"] = firmware();
    expected["metadata"]["resourceVersion"] =
        cloud.object("app", "dev")["metadata"]["resourceVersion"];
    EXPECT_EQ(cloud.object("app", "dev"), expected);
}

TEST_F(CloudRegistry, sends_numbers_of_any_size_back_as_they_came) {
    begin();
    const std::string device =
        R"({"metadata":{"name":"dev","resourceVersion":"v"},"spec":{"n":12345678901234567890123, "m":1.0e1}})";
    std::string sent;
    std::mutex mutex;
    cloud.intercept([&](HttpTurn& turn) {
        if (!turn.request.path().ends_with("/dev")) return false;
        if (turn.request.method == "GET") return turn.answer(200, device), true;
        const std::lock_guard lock(mutex);
        sent = turn.request.body;
        return turn.answer(204), true;
    });
    tell(report("0.00"));
    ASSERT_TRUE(support::await([&] {
        const std::lock_guard lock(mutex);
        return !sent.empty();
    }));
    EXPECT_EQ(sent.substr(0, device.size() - 1), device.substr(0, device.size() - 1));
}

TEST_F(CloudRegistry, merges_into_what_somebody_else_wrote_in_between) {
    begin();
    ASSERT_TRUE(registry->look_up({"app", "dev"}));
    cloud.change("app", "dev", [](Json& device) {
        device["spec"]["firmware"]["file"]["name"] = "theirs";
        device["status"]["theirs"] = 7;
    });
    tell(report("0.00"));
    ASSERT_TRUE(is_told("0.00"));
    const auto device = cloud.object("app", "dev");
    EXPECT_EQ(device["spec"]["firmware"]["file"]["name"], "theirs");
    EXPECT_EQ(device["status"]["theirs"], 7);
    EXPECT_EQ(puts(), 2U);
    EXPECT_EQ(changes.devices, 1) << "the change that was met on the way is told";
}

TEST_F(CloudRegistry, loses_no_status_in_a_storm_of_conflicts) {
    begin({{"status.tries", "2"}});
    std::atomic<int> storm{7};
    cloud.intercept([&](HttpTurn& turn) {
        if (turn.request.method != "PUT" || --storm < 0) return false;
        cloud.change("app", "dev", [&](Json& device) { device["spec"]["gust"] = storm.load(); });
        return false;
    });
    tell(report("0.00"));
    EXPECT_TRUE(is_told("0.00"));
    EXPECT_EQ(cloud.object("app", "dev")["spec"]["gust"], 0);
}

TEST_F(CloudRegistry, bears_that_a_device_is_deleted) {
    begin();
    ASSERT_TRUE(registry->look_up({"app", "dev"}));
    cloud.remove("app", "dev");
    tell(report("0.00"));
    EXPECT_TRUE(support::await([&] { return host->metric("statuses_waiting").value() == 0; }));
    EXPECT_TRUE(host->lines(sdk::LogLevel::Warning).empty());
}

TEST_F(CloudRegistry, writes_what_waited_when_the_cloud_is_back) {
    begin();
    std::atomic<bool> away{true};
    cloud.intercept([&](HttpTurn& turn) { return away ? (turn.answer(503), true) : false; });
    tell(report("0.00"));
    EXPECT_EQ(registry->look_up({"app", "dev"}).error().kind, ErrorKind::Unavailable);
    ASSERT_TRUE(support::await([&] { return host->metric("calls_failed").value() > 1; }));
    tell(report("40.00"));
    away = false;
    EXPECT_TRUE(is_told("40.00"));
}

TEST_F(CloudRegistry, leaves_a_cloud_alone_that_refuses_it) {
    begin({{"user", "another"}, {"pause.min", "1h"}, {"pause.max", "2h"}});
    for (int i = 0; i < 20; ++i) {
        const auto found = registry->look_up({"app", "dev"});
        ASSERT_FALSE(found);
        EXPECT_EQ(found.error().kind, ErrorKind::Unavailable) << "a device is not to blame";
    }
    EXPECT_EQ(cloud.count(), 1U);
    EXPECT_EQ(host->metric("refused").value(), 1);
}

TEST_F(CloudRegistry, asks_no_cloud_after_those_whom_it_does_not_have) {
    begin();
    for (int i = 0; i < 20; ++i) {
        EXPECT_EQ(registry->look_up({"app", "nobody"}).error().kind, ErrorKind::NotFound);
        EXPECT_EQ(registry->look_up({"nothing", "nobody"}).error().kind, ErrorKind::NotFound);
        EXPECT_EQ(registry->look_up({"app", ".."}).error().kind, ErrorKind::NotFound);
    }
    EXPECT_EQ(cloud.count(), 4U) << "two objects, one list, and a second application";
}

TEST_F(CloudRegistry, bears_answers_of_any_shape) {
    begin({{"cache.age", "0s"}, {"cache.missing", "0s"}, {"poll", "1ms"}});
    ASSERT_TRUE(registry->look_up({"app", "dev"}));
    for (const std::string body : {"", "[]", "{}", "null", "[[[", "{\"metadata\":[]}", "\xff",
                                   "{\"metadata\":{\"name\":\"another\"}}"}) {
        cloud.intercept([&](HttpTurn& turn) { return turn.answer(200, body), true; });
        const auto found = registry->look_up({"app", "dev"});
        ASSERT_FALSE(found) << body;
        EXPECT_EQ(found.error().kind, ErrorKind::Unavailable) << body;
        look_through();
    }
    cloud.intercept({});
    EXPECT_TRUE(registry->look_up({"app", "dev"}));
}

TEST_F(CloudRegistry, writes_what_waits_at_stop) {
    begin({{"status.settle", "1m"}});
    tell(report("0.00"));
    registry->stop();
    EXPECT_FALSE(firmware().is_null());
}

TEST_F(CloudRegistry, stops_soon_when_the_cloud_does_not_answer) {
    begin({{"timeout.stop", "100ms"}});
    cloud.intercept([](HttpTurn& turn) { return turn.stall(), true; });
    tell(report("0.00"));
    const auto begin = std::chrono::steady_clock::now();
    registry->stop();
    EXPECT_LT(std::chrono::steady_clock::now() - begin, 5s);
}

TEST(CloudRegistrySettings, are_refused_when_they_cannot_work) {
    const sdk::contract::PluginFile file{AJOUR_BINARY_DIR "/plugins/ajour-registry-drogue.so"};
    const sdk::contract::SettingValues wrong[] = {
        {{"url", "http://api"}},       {{"url", "https://user:x@api"}},
        {{"url", "nonsense"}},         {{"url", "https://api"}, {"user", "u"}},
        {{"oidc.url", "https://sso"}}, {{"applications", ".."}},
        {{"pause.min", "2m"}},
    };
    for (const auto& values : wrong) {
        sdk::contract::FakeHost host(file.descriptor().settings, values);
        EXPECT_THROW(DrogueRegistry{host}, std::invalid_argument) << values.begin()->second;
    }
    sdk::contract::FakeHost host(file.descriptor().settings, {});
    sdk::contract::CountingChanges changes;
    EXPECT_FALSE(DrogueRegistry{host}.start(changes)) << "there is no url";
}

}  // namespace
}  // namespace ajour::drogue_registry
