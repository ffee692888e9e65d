// SPDX-License-Identifier: Apache-2.0
// Webhooks, and the OCI registries that the settings name.
#include "integration/oci_requests.hpp"

#include <atomic>
#include <chrono>
#include <functional>
#include <thread>
#include <utility>
#include <vector>

namespace ajour::support {
namespace {

using sdk::ErrorKind;
using sdk::NotYet;
using sdk::contract::MemorySink;
using sdk::contract::SettingValues;
using testing::AllOf;
using testing::HasSubstr;
using testing::IsEmpty;
using testing::Not;
using namespace std::chrono_literals;

TEST(OciHooks, make_it_look_again_whatever_the_pull_policy) {
    OciFakeRegistry registry("first");
    OciSource source(settings(registry, {{"hook.secret", "s3cret"},
                                         {"hook.interval", "100ms"},
                                         {"poll", "1h"},
                                         {"same_version", "offer"}}));
    const auto spec = R"({"image":"fw:1.0","imagePullPolicy":"IfNotPresent"})";
    (void)source.offer(spec);
    registry.push("second");
    const std::string event =
        R"({"events":[{"action":"push","target":{"repository":"acme/fw","tag":"1.0"}}]})";
    EXPECT_EQ(source.hook(event).error().kind, ErrorKind::Refused);
    EXPECT_EQ(source.host.resolve_again_calls(), 0);
    const auto taken = source.hook(event, {{"authorization", "s3cret"}});
    ASSERT_TRUE(taken) << taken.error().text;
    EXPECT_EQ(source.host.resolve_again_calls(), 1);
    std::this_thread::sleep_for(110ms);
    EXPECT_EQ(source.offer(spec).size, 6U);
    EXPECT_EQ(source.counter("hooks_taken"), 1);
    EXPECT_EQ(source.counter("hooks_refused"), 1);
}

TEST(OciHooks, that_come_during_the_first_look_make_it_look_again) {
    std::function<void()> during;
    OciFakeRegistry registry("first", [&](HttpTurn&) {
        if (const auto push = std::exchange(during, nullptr)) push();
        return false;
    });
    OciSource source(settings(registry, {{"hook.open", "true"},
                                         {"hook.interval", "100ms"},
                                         {"poll", "1h"},
                                         {"same_version", "offer"}}));
    during = [&] {
        EXPECT_TRUE(source.hook(
            R"({"events":[{"action":"push","target":{"repository":"acme/fw","tag":"1.0"}}]})"));
    };
    EXPECT_EQ(source.offer(fw).size, 5U);
    registry.push("second");
    std::this_thread::sleep_for(110ms);
    EXPECT_EQ(source.offer(fw).size, 6U);
    EXPECT_EQ(source.offer(fw).size, 6U);
    EXPECT_EQ(registry.count("HEAD", ""), 1U) << "and once only";
}

TEST(OciHooks, wake_a_repository_that_was_left_alone) {
    std::atomic<bool> ill{true};
    OciFakeRegistry registry("firmware", [&](HttpTurn& turn) {
        if (ill) turn.answer(503, "", {{"Retry-After", "3600"}});
        return ill.load();
    });
    OciSource source(settings(registry, {{"hook.open", "true"}, {"hook.interval", "100ms"}}));
    EXPECT_THAT(source.problem(fw), HasSubstr("status 503"));
    ill = false;
    EXPECT_THAT(source.problem(fw), HasSubstr("not asked for another"));
    const auto taken = source.hook(
        R"({"events":[{"action":"push","target":{"repository":"acme/fw","tag":"1.0"}}]})");
    ASSERT_TRUE(taken) << taken.error().text;
    EXPECT_EQ(source.offer(fw).version, "1.0");
}

TEST(OciHooks, in_a_flood_are_no_flood_of_requests) {
    OciFakeRegistry registry("first");
    OciSource source(
        settings(registry, {{"hook.open", "true"}, {"hook.interval", "500ms"}, {"poll", "1h"}}));
    (void)source.offer(fw);
    const auto begin = std::chrono::steady_clock::now();
    std::size_t hooks = 0;
    while (hooks < 50 || std::chrono::steady_clock::now() - begin < 1200ms) {
        ASSERT_TRUE(source.hook(
            R"({"events":[{"action":"push","target":{"repository":"acme/fw","tag":"1.0"}}]})"));
        (void)source.offer(fw);
        ++hooks;
    }
    const auto looks = 1 + (std::chrono::steady_clock::now() - begin) / 500ms;
    EXPECT_LE(registry.count("HEAD", ""), static_cast<std::size_t>(looks));
    EXPECT_GE(registry.count("HEAD", ""), 1U);
}

TEST(OciHooks, make_it_look_at_once_for_what_was_not_there) {
    std::atomic<bool> there{false};
    OciFakeRegistry registry("first", [&](HttpTurn& turn) {
        if (!there) turn.answer(404);
        return !there.load();
    });
    OciSource source(settings(registry, {{"hook.open", "true"}, {"poll", "1h"}}));
    EXPECT_THAT(source.problem(fw), HasSubstr("404"));
    there = true;
    EXPECT_THAT(source.problem(fw), HasSubstr("404"));
    ASSERT_TRUE(source.hook(
        R"({"events":[{"action":"push","target":{"repository":"acme/fw","tag":"1.0"}}]})"));
    EXPECT_EQ(source.offer(fw).version, "1.0");
}

TEST(OciHooks, of_another_repository_change_nothing) {
    OciFakeRegistry registry("first");
    OciSource source(settings(registry, {{"hook.open", "true"}, {"hook.interval", "100ms"}}));
    (void)source.offer(fw);
    ASSERT_TRUE(source.hook(
        R"({"events":[{"action":"push","target":{"repository":"acme/other","tag":"1.0"}}]})"));
    std::this_thread::sleep_for(110ms);
    (void)source.offer(fw);
    EXPECT_EQ(registry.server().count(), 1U);
}

TEST(OciRegistries, have_names_and_may_be_of_some_applications_only) {
    OciFakeRegistry one("one"), two("two");
    auto values = settings(one);
    values.insert({{"registry.two.prefix", two.prefix()},
                   {"registry.two.plain", "true"},
                   {"registry.two.applications", "mine, ours"}});
    OciSource source(values);
    const auto spec = R"({"image":"fw:1.0","registry":"two"})";
    EXPECT_EQ(source.image(source.offer(fw)), "one");
    EXPECT_EQ(source.image(source.offer(spec, "mine")), "two");
    EXPECT_THAT(source.problem(spec, "theirs"), HasSubstr("may not use"));
    EXPECT_THAT(source.problem(R"({"image":"fw:1.0","registry":"three"})"),
                HasSubstr("no OCI registry \"three\""));
}

TEST(OciRegistries, may_be_none) {
    OciSource source({});
    EXPECT_THAT(source.problem(fw), HasSubstr("source.oci.prefix is not set"));
}

TEST(OciRegistries, are_refused_with_settings_that_contradict_each_other) {
    const std::pair<SettingValues, const char*> rows[] = {
        {{{"prefix", "reg.example"}}, "source.oci.prefix: "},
        {{{"prefix", "reg.example/"}, {"user", "a"}, {"password", "b"}, {"password.file", "c"}},
         "expected one of them"},
        {{{"prefix", "reg.example/"}, {"password", "b"}}, "expected user too"},
        {{{"prefix", "reg.example/"}, {"tls.key", "b"}}, "expected both"},
        {{{"registry.a.prefix", "nothing"}}, "source.oci.registry.a.prefix: "},
        {{{"prefix", "reg.example/"}, {"files", "firmware.bin"}}, "expected IMAGE:METADATA"},
    };
    for (const auto& [values, expected] : rows) {
        try {
            OciSource source(values);
            ADD_FAILURE() << expected;
        } catch (const std::runtime_error& refused) {
            EXPECT_THAT(refused.what(), HasSubstr(expected));
        }
    }
}

}  // namespace
}  // namespace ajour::support
