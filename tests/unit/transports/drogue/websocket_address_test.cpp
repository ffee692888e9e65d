// SPDX-License-Identifier: Apache-2.0
#include "websocket_address.hpp"

#include <gtest/gtest.h>

namespace ajour::drogue {
namespace {

TEST(WebSocketAddress, is_a_url_of_websockets) {
    auto address = parse_websocket_address("wss://ws.example/integration");
    ASSERT_TRUE(address.ok());
    EXPECT_TRUE(address->tls);
    EXPECT_EQ(address->text(), "ws.example:443");
    EXPECT_EQ(address->path, "/integration/");
    address = parse_websocket_address("ws://[::1]:8080");
    EXPECT_FALSE(address->tls);
    EXPECT_EQ(address->host, "::1");
    EXPECT_EQ(address->text(), "[::1]:8080");
    EXPECT_EQ(address->path, "/");
}

TEST(WebSocketAddress, is_nothing_else) {
    for (const auto* text :
         {"", "ws", "wss://", "https://ws.example", "ws.example:80", "wss://me:secret@ws.example/",
          "wss://ws.example/?token=secret", "wss://ws.example/#x", "wss://ws.example:99999/"}) {
        const auto address = parse_websocket_address(text);
        EXPECT_FALSE(address.ok()) << text;
        EXPECT_EQ(address.error().text.find("secret"), std::string::npos);
    }
}

TEST(WebSocketAddress, names_an_application_its_channel_and_a_group) {
    const auto address = *parse_websocket_address("wss://ws.example/");
    EXPECT_EQ(address.target("app", "", ""), "/app");
    EXPECT_EQ(address.target("a/b", "dfu", ""), "/a%2Fb/dfu");
    EXPECT_EQ(address.target("app", "dfu", "my group"), "/app/dfu?group_id=my%20group");
}

}  // namespace
}  // namespace ajour::drogue
