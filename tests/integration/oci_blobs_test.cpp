// SPDX-License-Identifier: Apache-2.0
// What the OCI source takes for an image, and what it refuses.
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

TEST(OciBlobs, go_on_where_they_were_interrupted) {
    std::atomic<bool> cut{true};
    const std::string firmware(100'000, 'f');
    OciFakeRegistry registry(firmware, [&](HttpTurn& turn) {
        if (turn.request.path().find("/blobs/") == std::string::npos || !cut.exchange(false)) {
            return false;
        }
        turn.begin(200, {{"Content-Length", "100000"}});
        turn.write(std::string(40'000, 'f'));
        turn.cut();
        return true;
    });
    OciSource source(settings(registry));
    const auto offer = source.offer(fw);
    MemorySink sink;
    const auto first = source.fetch(offer, sink);
    ASSERT_FALSE(first);
    EXPECT_EQ(first.error().kind, ErrorKind::Unavailable) << first.error().text;
    ASSERT_EQ(sink.bytes().size(), 40'000U);
    wait_for_the_next_look();  // the server rests for a second
    const auto rest = source.fetch(offer, sink, 40'000);
    ASSERT_TRUE(rest) << rest.error().text;
    EXPECT_EQ(sdk::text_of(sink.bytes()), firmware);
}

TEST(OciBlobs, are_not_continued_where_the_server_knows_no_ranges) {
    OciFakeRegistry registry("firmware", [](HttpTurn& turn) {
        if (turn.request.path().find("/blobs/") == std::string::npos) return false;
        turn.answer(200, "firmware");
        return true;
    });
    OciSource source(settings(registry));
    MemorySink sink;
    const auto rest = source.fetch(source.offer(fw), sink, 4);
    ASSERT_FALSE(rest);
    EXPECT_EQ(rest.error().kind, ErrorKind::Mismatch) << rest.error().text;
    EXPECT_TRUE(sink.bytes().empty());
}

TEST(OciBlobs, are_refused_when_they_are_others) {
    struct Row {
        std::string body, expected;
    };
    for (const auto& row :
         {Row{"firmwar3", "found bytes of digest"}, Row{"firm", "found 4 bytes"},
          Row{"firmware and more", "more than the 8 bytes"}, Row{"", "found 0 bytes"}}) {
        OciFakeRegistry registry("firmware", [&](HttpTurn& turn) {
            if (turn.request.path().find("/blobs/") == std::string::npos) return false;
            turn.answer(200, row.body);
            return true;
        });
        OciSource source(settings(registry));
        MemorySink sink;
        const auto fetched = source.fetch(source.offer(fw), sink);
        ASSERT_FALSE(fetched) << row.body;
        EXPECT_EQ(fetched.error().kind, ErrorKind::Mismatch) << fetched.error().text;
        EXPECT_THAT(fetched.error().text, HasSubstr(row.expected));
    }
}

TEST(OciBlobs, are_refused_when_they_are_pages_of_errors) {
    for (const auto& [status, kind] : {std::pair(403, ErrorKind::Refused),
                                       {404, ErrorKind::NotFound},
                                       {500, ErrorKind::Unavailable},
                                       {429, ErrorKind::Unavailable},
                                       {416, ErrorKind::Mismatch},
                                       {204, ErrorKind::Malformed}}) {
        OciFakeRegistry registry("firmware", [status = status](HttpTurn& turn) {
            if (turn.request.path().find("/blobs/") == std::string::npos) return false;
            turn.answer(status, "firmware");
            return true;
        });
        OciSource source(settings(registry));
        MemorySink sink;
        const auto fetched = source.fetch(source.offer(fw), sink);
        ASSERT_FALSE(fetched) << status;
        EXPECT_EQ(fetched.error().kind, kind) << fetched.error().text;
        EXPECT_TRUE(sink.bytes().empty());
    }
}

TEST(OciBlobs, may_be_elsewhere_and_credentials_stay_here) {
    ScriptedHttpServer storage([](HttpTurn& turn) { turn.answer(200, "firmware"); });
    OciFakeRegistry registry("firmware", [&](HttpTurn& turn) {
        if (turn.request.header("authorization").empty()) {
            turn.answer(401, "", {{"WWW-Authenticate", "Basic realm=\"r\""}});
            return true;
        }
        if (turn.request.path().find("/blobs/") == std::string::npos) return false;
        turn.answer(307, "", {{"Location", storage.url("/x?signature=s3cret")}});
        return true;
    });
    OciSource source(settings(registry, {{"user", "robot"}, {"password", "pw"}}));
    EXPECT_EQ(source.image(source.offer(fw)), "firmware");
    ASSERT_EQ(storage.count(), 1U);
    EXPECT_EQ(storage.requests()[0].header("authorization"), "");
}

}  // namespace
}  // namespace ajour::support
