// SPDX-License-Identifier: Apache-2.0
// Downloads: what reaches the sink, and what never does.
#include <ajour/sdk/testing/memory_sink.hpp>

#include "http_client.hpp"

#include <gmock/gmock.h>

#include <string>
#include <utility>

namespace ajour::integration {
namespace {

using sdk::contract::MemorySink;
using testing::HasSubstr;

TEST(HttpDownload, downloads_into_a_sink) {
    ScriptedHttpServer server(serve_image);
    Client client(plain());
    MemorySink sink;
    const auto response = client.download(get(server.url("/")), sink);
    ASSERT_TRUE(response.ok()) << response.error().text;
    EXPECT_EQ(response->status, 200);
    EXPECT_EQ(response->body, "");
    EXPECT_EQ(sdk::text_of(sink.bytes()), image);
}

TEST(HttpDownload, downloads_the_rest) {
    ScriptedHttpServer server(serve_image);
    Client client(plain());
    MemorySink sink;
    const auto response = client.download(get(server.url("/"), 99'990), sink);
    ASSERT_TRUE(response.ok()) << response.error().text;
    EXPECT_EQ(response->status, 206);
    EXPECT_EQ(sdk::text_of(sink.bytes()), "iiiiiiiiii");
    EXPECT_EQ(server.requests().at(0).header("range"), "bytes=99990-");
}

TEST(HttpDownload, takes_nothing_else_for_the_rest) {
    const std::pair<int, std::string> answers[] = {{200, ""},
                                                   {416, "bytes */5"},
                                                   {206, ""},
                                                   {206, "bytes 0-9/10"},
                                                   {206, "bytes 5-8/10"},
                                                   {206, "bytes 6-9/10"},
                                                   {206, "bytes 5-18446744073709551615/*"}};
    for (const auto& [status, range] : answers) {
        ScriptedHttpServer server([&, code = status, value = range](HttpTurn& turn) {
            support::HttpFields fields;
            if (!value.empty()) fields.emplace_back("Content-Range", value);
            turn.answer(code, "01234", fields);
        });
        Client client(plain());
        MemorySink sink;
        EXPECT_EQ(kind_of(client.download(get(server.url("/"), 5), sink)), ErrorKind::Mismatch)
            << status << range;
        EXPECT_TRUE(sink.bytes().empty());
    }
}

TEST(HttpDownload, writes_nothing_of_an_error_page_or_a_redirect) {
    ScriptedHttpServer server([](HttpTurn& turn) {
        if (turn.request.path() == "/moved") {
            return turn.answer(302, "moved", {{"Location", "/gone"}});
        }
        turn.begin(404);
        turn.repeat("there is nothing here. ");
    });
    Client client(plain());
    MemorySink sink;
    const auto response = client.download(get(server.url("/moved")), sink);
    ASSERT_TRUE(response.ok()) << response.error().text;
    EXPECT_EQ(response->status, 404);
    EXPECT_THAT(response->body, HasSubstr("there is nothing here."));
    EXPECT_LE(response->body.size(), 4096U);
    EXPECT_TRUE(sink.bytes().empty());
}

TEST(HttpDownload, leaves_a_good_beginning_when_a_download_is_cut) {
    ScriptedHttpServer server([](HttpTurn& turn) {
        if (!turn.request.header("range").empty()) return serve_image(turn);
        turn.begin(200, {{"Content-Length", std::to_string(image.size())}});
        turn.write(image.substr(0, 50'000));
        turn.cut();
    });
    Client client(plain());
    MemorySink sink;
    const auto cut = client.download(get(server.url("/")), sink);
    EXPECT_EQ(kind_of(cut), ErrorKind::Unavailable) << cut.error().text;
    const auto had = sink.bytes().size();
    EXPECT_GT(had, 0U);
    EXPECT_LE(had, 50'000U);
    const auto rest = client.download(get(server.url("/"), had), sink);
    ASSERT_TRUE(rest.ok()) << rest.error().text;
    EXPECT_EQ(sdk::text_of(sink.bytes()), image);
}

TEST(HttpDownload, finds_a_range_that_is_shorter_than_it_says) {
    ScriptedHttpServer server([](HttpTurn& turn) {
        turn.answer(206, "01", {{"Content-Range", "bytes 5-9/10"}});
    });
    Client client(plain());
    MemorySink sink;
    EXPECT_EQ(kind_of(client.download(get(server.url("/"), 5), sink)), ErrorKind::Unavailable);
}

TEST(HttpDownload, ends_a_download_that_stalls_or_drips) {
    ScriptedHttpServer server([](HttpTurn& turn) {
        if (turn.request.path() == "/silent") return turn.stall();
        turn.begin(200, {{"Content-Length", "100000"}});
        if (turn.request.path() == "/drip") return turn.drip(image, milliseconds(50));
        turn.write(image.substr(0, 2000));
        turn.stall();
    });
    auto options = plain();
    options.stall = seconds(1);
    Client client(options);
    for (const auto* path : {"/silent", "/drip", "/half"}) {
        MemorySink sink;
        EXPECT_EQ(kind_of(client.download(get(server.url(path)), sink)), ErrorKind::Timeout)
            << path;
    }
}

TEST(HttpDownload, gives_an_error_of_the_sink_as_it_is) {
    struct TiredSink final : sdk::ByteSink {
        sdk::Result<void> write(sdk::ByteView) noexcept override {
            return sdk::Error{ErrorKind::Timeout, "the host gave up"};
        }
    } sink;
    ScriptedHttpServer server(serve_image);
    Client client(plain());
    const auto response = client.download(get(server.url("/")), sink);
    EXPECT_EQ(kind_of(response), ErrorKind::Timeout);
    EXPECT_EQ(response.error().text, "the host gave up");
}

TEST(HttpDownload, takes_compressed_bytes_as_they_are) {
    ScriptedHttpServer server([](HttpTurn& turn) {
        turn.answer(200, "\x1f\x8b not really", {{"Content-Encoding", "gzip"}});
    });
    Client client(plain());
    MemorySink sink;
    ASSERT_TRUE(client.download(get(server.url("/")), sink).ok());
    EXPECT_EQ(sdk::text_of(sink.bytes()), "\x1f\x8b not really");
}

}  // namespace
}  // namespace ajour::integration
