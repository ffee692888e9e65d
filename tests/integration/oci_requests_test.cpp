// SPDX-License-Identifier: Apache-2.0
// What the OCI source asks, how often, and what it makes of the answers.
#include "integration/oci_requests.hpp"

#include <atomic>
#include <chrono>
#include <thread>
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

TEST(OciRequests, ask_once_for_a_manifest_and_once_for_a_blob) {
    OciFakeRegistry registry("firmware");
    OciSource source(settings(registry));
    const auto offer = source.offer(fw);
    EXPECT_EQ(offer.version, "1.0");
    EXPECT_EQ(source.image(offer), "firmware");
    for (int i = 0; i < 5; ++i)
        EXPECT_EQ(source.offer(fw, "app" + std::to_string(i)).version, "1.0");
    EXPECT_EQ(registry.server().count(), 2U);
    EXPECT_EQ(source.counter("requests"), 2);
    EXPECT_EQ(source.counter("bytes_fetched"), 8);
}

TEST(OciRequests, look_at_a_tag_once_in_an_interval_for_all_applications) {
    OciFakeRegistry registry("firmware");
    OciSource source(settings(registry, {{"poll", "4s"}}));
    for (int round = 0; round < 3; ++round) {
        for (int i = 0; i < 20; ++i) (void)source.offer(always, "app" + std::to_string(i));
        if (round < 2) std::this_thread::sleep_for(4100ms);
    }
    EXPECT_EQ(registry.count("GET", "/manifests/"), 1U);
    EXPECT_EQ(registry.count("HEAD", "/manifests/1.0"), 2U);
    EXPECT_THAT(registry.server().requests().back().header("if-none-match"), HasSubstr("sha256:"));
}

TEST(OciRequests, see_a_moved_tag_at_the_next_look_with_always_only) {
    OciFakeRegistry registry("first");
    OciSource source(settings(registry, {{"same_version", "offer"}}));
    const auto spec = R"({"image":"fw:1.0","imagePullPolicy":"IfNotPresent"})";
    (void)source.offer(spec);
    registry.push("second");
    wait_for_the_next_look();
    EXPECT_EQ(source.image(source.offer(always)), "second");
    EXPECT_EQ(registry.count("HEAD", ""), 1U);
    registry.push("third");
    wait_for_the_next_look();
    EXPECT_EQ(source.offer(spec).size, 6U);
    EXPECT_EQ(registry.count("HEAD", ""), 1U);
}

TEST(OciRequests, look_by_default_at_tags_that_move_only) {
    OciFakeRegistry registry("firmware");
    OciSource source(settings(registry));
    for (const auto* spec :
         {R"({"image":"fw:1.0"})", R"({"image":"fw:latest"})", R"({"image":"fw"})"}) {
        (void)source.offer(spec);
    }
    wait_for_the_next_look();
    for (const auto* spec :
         {R"({"image":"fw:1.0"})", R"({"image":"fw:latest"})", R"({"image":"fw"})"}) {
        (void)source.offer(spec);
    }
    EXPECT_EQ(registry.count("HEAD", "/manifests/1.0"), 0U);
    EXPECT_EQ(registry.count("HEAD", "/manifests/latest"), 1U);
}

TEST(OciRequests, never_look_at_a_digest_again) {
    OciFakeRegistry registry("firmware");
    OciSource source(settings(registry));
    const auto spec = R"({"image":"fw:1.0@)" + digest_of(registry.manifest()) +
                      R"(","imagePullPolicy":"Always"})";
    EXPECT_EQ(source.offer(spec).version, "1.0");
    wait_for_the_next_look();
    EXPECT_EQ(source.offer(spec).version, "1.0");
    EXPECT_EQ(registry.count("HEAD", ""), 0U);
    EXPECT_EQ(registry.count("GET", "/manifests/sha256:"), 1U);
}

TEST(OciRequests, refuse_a_manifest_of_another_digest) {
    OciFakeRegistry registry("firmware", [&](HttpTurn& turn) {
        if (turn.request.path().find("/manifests/") == std::string::npos) return false;
        turn.answer(200, OciPusher::artifact_text("other"),
                    {{"Content-Type", OciPusher::manifest_type}});
        return true;
    });
    OciSource source(settings(registry));
    EXPECT_THAT(source.problem(R"({"image":"fw@)" + digest_of(registry.manifest()) + "\"}"),
                HasSubstr("a document of digest sha256:"));
}

TEST(OciRequests, get_a_manifest_where_head_does_not_say_the_digest) {
    for (const int status : {200, 405, 501}) {
        OciFakeRegistry registry("first", [status](HttpTurn& turn) {
            if (turn.request.method != "HEAD") return false;
            turn.answer(status);
            return true;
        });
        OciSource source(settings(registry, {{"same_version", "offer"}}));
        (void)source.offer(always);
        registry.push("second");
        wait_for_the_next_look();
        EXPECT_EQ(source.image(source.offer(always)), "second") << status;
    }
}

TEST(OciRequests, hold_what_was_offered_when_a_tag_moves_under_the_same_version) {
    for (const std::string policy : {"hold", "offer"}) {
        OciFakeRegistry registry("first");
        OciSource source(settings(registry, {{"same_version", policy}}));
        EXPECT_THAT(source.offer(always).warning, IsEmpty());
        registry.push("second!");
        wait_for_the_next_look();
        const auto offer = source.offer(always);
        EXPECT_THAT(offer.warning, HasSubstr("the tag moved under the same version 1.0"));
        EXPECT_EQ(offer.size, policy == "hold" ? 5U : 7U);
    }
}

TEST(OciRequests, by_many_at_once_are_few) {
    OciFakeRegistry registry("firmware", [](HttpTurn& turn) {
        if (turn.request.method == "GET") std::this_thread::sleep_for(200ms);
        return false;
    });
    OciSource source(settings(registry));
    std::vector<std::thread> threads;
    std::atomic<int> offers{0};
    for (int i = 0; i < 16; ++i) {
        threads.emplace_back([&, i] {
            const auto resolution = source.resolve(fw, "app" + std::to_string(i));
            if (resolution && std::holds_alternative<sdk::Offer>(*resolution)) ++offers;
        });
    }
    for (auto& thread : threads) thread.join();
    EXPECT_EQ(offers, 16);
    EXPECT_EQ(registry.server().count(), 1U);
}

TEST(OciRequests, stop_while_it_asks_for_a_rest) {
    std::atomic<bool> busy{false};
    OciFakeRegistry registry("firmware", [&](HttpTurn& turn) {
        if (!busy) return false;
        turn.answer(429, R"({"errors":[{"code":"TOOMANYREQUESTS","message":"slow down"}]})",
                    {{"Retry-After", "3600"}});
        return true;
    });
    OciSource source(settings(registry));
    (void)source.offer(always);
    busy = true;
    wait_for_the_next_look();
    for (int i = 0; i < 5; ++i) {
        const auto known = source.offer(always);
        EXPECT_EQ(known.version, "1.0");
        EXPECT_THAT(known.warning, AllOf(HasSubstr("not looked at again"), HasSubstr("429")));
        const auto unknown = source.resolve(R"({"image":"fw:2.0"})");
        ASSERT_TRUE(unknown) << unknown.error().text;
        EXPECT_GE(std::get<NotYet>(*unknown).retry_after, 50s);
    }
    EXPECT_EQ(registry.server().count(), 2U);
    EXPECT_EQ(source.counter("requests_throttled"), 1);
}

TEST(OciRequests, go_on_after_a_failure) {
    std::atomic<bool> broken{true};
    OciFakeRegistry registry("firmware", [&](HttpTurn& turn) {
        if (broken) turn.answer(503);
        return broken.load();
    });
    OciSource source(settings(registry));
    EXPECT_THAT(source.problem(fw), HasSubstr("status 503"));
    broken = false;
    EXPECT_THAT(source.problem(fw), HasSubstr("not asked for another 1 s, since"));
    wait_for_the_next_look();
    EXPECT_EQ(source.offer(fw).version, "1.0");
}

TEST(OciRequests, go_on_for_other_repositories_when_one_fails) {
    OciFakeRegistry registry("firmware", [](HttpTurn& turn) {
        const bool ill = turn.request.target.find("/acme/ill/") != std::string::npos;
        if (ill) turn.answer(503, "", {{"Retry-After", "86400"}});
        return ill;
    });
    OciSource source(settings(registry));
    const auto ill = source.resolve(R"({"image":"ill:1.0"})");
    ASSERT_TRUE(ill) << ill.error().text;
    EXPECT_EQ(source.offer(fw).version, "1.0");
    EXPECT_THAT(source.problem(R"({"image":"ill:2.0"})"),
                HasSubstr("since the OCI registry answered status 503"));
    EXPECT_EQ(registry.count("GET", "/acme/ill/"), 1U);
}

TEST(OciRequests, leave_the_whole_registry_alone_when_repository_after_repository_fails) {
    OciFakeRegistry registry("firmware", [](HttpTurn& turn) {
        turn.answer(500);
        return true;
    });
    OciSource source(settings(registry));
    for (const auto* name : {"a", "b", "c", "d", "e"}) {
        (void)source.resolve(R"({"image":")" + std::string(name) + R"(:1.0"})");
    }
    EXPECT_EQ(registry.server().count(), 3U);
    EXPECT_THAT(source.problem(fw), HasSubstr("since the OCI registry fails: "));
}

TEST(OciRequests, end_when_the_server_hangs) {
    OciFakeRegistry registry("firmware", [](HttpTurn& turn) {
        turn.stall();
        return true;
    });
    OciSource source(settings(registry, {{"timeout.request", "2s"}}));
    const auto before = std::chrono::steady_clock::now();
    EXPECT_THAT(source.problem(fw), HasSubstr("manifest acme/fw:1.0"));
    for (int i = 0; i < 20; ++i) (void)source.problem(fw);  // from memory
    EXPECT_LT(std::chrono::steady_clock::now() - before, 30s) << "each waited for the server";
    EXPECT_LE(registry.server().count(), 5U);
}

TEST(OciRequests, end_when_the_source_stops) {
    OciFakeRegistry registry("firmware", [](HttpTurn& turn) {
        turn.stall();
        return true;
    });
    OciSource source(settings(registry, {{"timeout.request", "60s"}}));
    std::thread asking([&] { (void)source.problem(fw); });
    while (registry.server().count() == 0) std::this_thread::sleep_for(1ms);
    source.stop();
    asking.join();
}

TEST(OciRequests, log_a_warning_of_the_server_once) {
    OciFakeRegistry registry("firmware", [](HttpTurn& turn) {
        turn.answer(404, "", {{"Warning", "299 - \"soon gone\""}});
        return true;
    });
    OciSource source(settings(registry));
    for (int i = 0; i < 3; ++i) (void)source.problem(fw);
    const auto lines = source.host.lines(sdk::LogLevel::Warning);
    ASSERT_EQ(lines.size(), 1U);
    EXPECT_THAT(lines[0].text, HasSubstr("soon gone"));
}

TEST(OciRequests, follow_a_policy_over_pages_of_tags) {
    OciFakeRegistry registry("firmware", [](HttpTurn& turn) {
        if (turn.request.path() != "/v2/acme/fw/tags/list") return false;
        if (turn.request.target.find("last=") != std::string::npos) {
            turn.answer(200, R"({"name":"acme/fw","tags":["1.9.1","1.10.0","2.0.0",7,"../x"]})");
        } else {
            turn.answer(200, R"({"name":"acme/fw","tags":["1.2.0","latest"]})",
                        {{"Link", R"(</v2/acme/fw/tags/list?last=x&n=1>; rel="next")"}});
        }
        return true;
    });
    OciSource source(settings(registry));
    const auto spec = R"({"image":"fw","policy":"semver >=1.2 <2"})";
    EXPECT_EQ(source.offer(spec).version, "1.10.0");
    EXPECT_EQ(source.offer(spec, "other").version, "1.10.0");
    EXPECT_EQ(registry.count("GET", "/tags/list"), 2U);
    EXPECT_EQ(registry.count("GET", "/manifests/1.10.0"), 1U);
}

TEST(OciRequests, do_not_follow_a_list_of_tags_elsewhere_or_forever) {
    ScriptedHttpServer elsewhere([](HttpTurn& turn) { turn.answer(200, R"({"tags":["9.0.0"]})"); });
    std::string link = "<" + elsewhere.url("/v2/x") + ">; rel=next";
    OciFakeRegistry registry("firmware", [&](HttpTurn& turn) {
        if (turn.request.path() != "/v2/acme/fw/tags/list") return false;
        turn.answer(200, R"({"tags":["1.2.0"]})", {{"Link", link}});
        return true;
    });
    {
        OciSource source(settings(registry));
        EXPECT_EQ(source.offer(R"({"image":"fw","policy":"semver *"})").version, "1.2.0");
        EXPECT_EQ(elsewhere.count(), 0U);
    }
    link = "</v2/acme/fw/tags/list?last=again>; rel=next";
    OciSource source(settings(registry));
    EXPECT_THAT(source.problem(R"({"image":"fw","policy":"semver *"})"), HasSubstr("pages"));
    EXPECT_LE(registry.count("GET", "/tags/list"), 101U);
}

TEST(OciRequests, say_what_is_not_there) {
    OciFakeRegistry registry("firmware");
    OciSource source(settings(registry));
    EXPECT_THAT(source.problem(R"({"image":"other:1"})"),
                AllOf(HasSubstr("manifest acme/other:1"), HasSubstr("404 NAME_UNKNOWN")));
}

TEST(OciRequests, take_no_page_of_html_for_a_manifest) {
    OciFakeRegistry registry("firmware", [](HttpTurn& turn) {
        turn.answer(200, "<html>please log in</html>", {{"Content-Type", "text/html"}});
        return true;
    });
    OciSource source(settings(registry));
    EXPECT_THAT(source.problem(fw), Not(IsEmpty()));
}

TEST(OciRequests, do_not_repeat_what_failed_a_moment_ago) {
    OciFakeRegistry registry("firmware", [](HttpTurn& turn) {
        if (turn.request.path().find("/manifests/broken") != std::string::npos) {
            turn.answer(200, "{}", {{"Content-Type", OciPusher::manifest_type}});
            return true;
        }
        if (turn.request.path().find("/manifests/gone") == std::string::npos) return false;
        turn.answer(404);
        return true;
    });
    OciSource source(settings(registry));
    for (const auto* spec : {R"({"image":"fw:gone"})", R"({"image":"fw:broken"})"}) {
        const auto before = registry.server().count();
        for (int i = 0; i < 20; ++i) {
            EXPECT_THAT(source.problem(spec, "app" + std::to_string(i)), Not(IsEmpty()));
        }
        EXPECT_EQ(registry.server().count(), before + 1) << spec;
        wait_for_the_next_look();
        (void)source.problem(spec);
        EXPECT_GT(registry.server().count(), before + 1) << spec;
    }
}

}  // namespace
}  // namespace ajour::support
