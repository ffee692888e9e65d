// SPDX-License-Identifier: Apache-2.0
// The client of HTTP servers against a real one, nginx.
#include <ajour/sdk/testing/memory_sink.hpp>

#include "http_client.hpp"
#include "support/certificates.hpp"
#include "support/nginx.hpp"

#include <gtest/gtest.h>

#include <optional>
#include <string>

namespace ajour::integration {
namespace {

using sdk::contract::MemorySink;
using support::Certificates;
using support::Nginx;

/// `fast` and `slow` serve the image; nginx says what protocol it speaks at /protocol.
std::string server_block(const std::string& listen) {
    return "server { listen 127.0.0.1:{port}" + listen +
           "; root .;\n"
           "location /slow/ { alias ./; limit_rate 200k; }\n"
           "location /moved/ { rewrite ^/moved/(.*)$ /$1?signature=secret redirect; }\n"
           "location = /protocol { return 200 $server_protocol; } }\n";
}

struct HttpClientNginx : testing::Test {
    void SetUp() override {
        if (!support::has_nginx()) GTEST_SKIP() << "there is no nginx";
    }
    /// Plain without certificates.
    void start(const Certificates* certificates) {
        std::string listen;
        if (certificates != nullptr) {
            listen = " ssl http2; ssl_certificate " + certificates->file("server.crt") +
                     "; ssl_certificate_key " + certificates->file("server.key");
        }
        nginx.emplace(server_block(listen));
        nginx->directory().write("image", image);
        nginx->start();
        origin = (certificates != nullptr ? "https://localhost:" : "http://127.0.0.1:") +
                 std::to_string(nginx->port());
    }

    std::optional<Nginx> nginx;
    std::string origin;
};

TEST_F(HttpClientNginx, downloads_and_downloads_the_rest) {
    start(nullptr);
    Client client(plain());
    MemorySink sink, rest, none;
    const auto whole = client.download(get(origin + "/image"), sink);
    ASSERT_TRUE(whole.ok()) << whole.error().text;
    EXPECT_EQ(sdk::text_of(sink.bytes()), image);
    const auto part = client.download(get(origin + "/image", 99'990), rest);
    ASSERT_TRUE(part.ok()) << part.error().text;
    EXPECT_EQ(part->status, 206);
    EXPECT_EQ(rest.bytes().size(), 10U);
    EXPECT_EQ(kind_of(client.download(get(origin + "/image", image.size()), none)),
              ErrorKind::Mismatch);
    EXPECT_TRUE(none.bytes().empty());
}

TEST_F(HttpClientNginx, hears_that_nothing_changed) {
    start(nullptr);
    Client client(plain());
    auto request = get(origin + "/image");
    request.method = "HEAD";
    const auto first = client.send(request);
    ASSERT_TRUE(first.ok() && first->header("etag") != nullptr);
    request.headers = {{"If-None-Match", *first->header("etag")}};
    EXPECT_EQ(client.send(request)->status, 304);
}

TEST_F(HttpClientNginx, follows_its_redirects) {
    start(nullptr);
    Client client(plain());
    MemorySink sink;
    const auto response = client.download(get(origin + "/moved/image"), sink);
    ASSERT_TRUE(response.ok()) << response.error().text;
    EXPECT_EQ(response->url, origin + "/image");
    EXPECT_EQ(sdk::text_of(sink.bytes()), image);
}

TEST_F(HttpClientNginx, speaks_http_2_over_tls) {
    const Certificates certificates;
    start(&certificates);
    Options options;
    options.ca_file = certificates.file("ca.crt");
    Client client(options);
    MemorySink sink, rest;
    EXPECT_EQ(client.send(get(origin + "/protocol"))->body, "HTTP/2.0");
    EXPECT_EQ(client.send(get(origin + "/nothing"))->status, 404);
    ASSERT_TRUE(client.download(get(origin + "/moved/image"), sink).ok());
    EXPECT_EQ(sdk::text_of(sink.bytes()), image);
    ASSERT_TRUE(client.download(get(origin + "/image", 99'990), rest).ok());
    EXPECT_EQ(rest.bytes().size(), 10U);
}

TEST_F(HttpClientNginx, goes_on_after_the_server_was_killed_in_mid_download) {
    struct KillingSink final : sdk::ByteSink {
        explicit KillingSink(Nginx& server) : nginx(server) {}
        sdk::Result<void> write(sdk::ByteView bytes) noexcept override {
            received.append(sdk::text_of(bytes));
            nginx.kill();
            return {};
        }
        Nginx& nginx;
        std::string received;
    };
    for (const bool secure : {false, true}) {
        const Certificates certificates;
        start(secure ? &certificates : nullptr);
        auto options = plain();
        options.ca_file = certificates.file("ca.crt");
        Client client(options);
        KillingSink sink(*nginx);
        const auto cut = client.download(get(origin + "/slow/image"), sink);
        EXPECT_EQ(kind_of(cut), ErrorKind::Unavailable);
        ASSERT_LT(sink.received.size(), image.size());
        nginx->start();
        MemorySink rest;
        const auto resumed = client.download(get(origin + "/image", sink.received.size()), rest);
        ASSERT_TRUE(resumed.ok()) << resumed.error().text;
        EXPECT_EQ(sink.received.append(sdk::text_of(rest.bytes())), image);
    }
}

}  // namespace
}  // namespace ajour::integration
