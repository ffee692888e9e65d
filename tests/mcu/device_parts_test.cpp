// SPDX-License-Identifier: Apache-2.0
// What ajour-device makes of its options: URLs, secrets, topics.
#include <base64.h>
#include <gtest/gtest.h>
#include <mqtt_topic.h>
#include <secret.h>
#include <server.h>

#include <string>

namespace ajour::test {

namespace {

std::string parts(const std::string& url) {
    ajour_server server;
    if (ajour_server_read(&server, url.c_str()) != nullptr) return "refused";
    return std::string(server.scheme) + " " + server.host + " " + server.port + " " + server.path;
}

TEST(ServerUrl, is_read_into_its_parts) {
    EXPECT_EQ(parts("http://example.com"), "http example.com 80 ");
    EXPECT_EQ(parts("https://example.com/"), "https example.com 443 ");
    EXPECT_EQ(parts("https://example.com:8443/a/b//"), "https example.com 8443 /a/b");
    EXPECT_EQ(parts("mqtt://127.0.0.1"), "mqtt 127.0.0.1 1883 ");
    EXPECT_EQ(parts("mqtts://b:1"), "mqtts b 1 ");
    EXPECT_EQ(parts("coap://[::1]:5000"), "coap ::1 5000 ");
    EXPECT_EQ(parts("coaps://[fe80::1]"), "coaps fe80::1 5684 ");
}

TEST(ServerUrl, that_cannot_be_meant_is_refused) {
    for (const auto* url :
         {"", "example.com", "ftp://example.com", "http://", "http://:80",
          "http://a:", "http://a:0", "http://a:65536", "http://a:8x", "http://a:123456",
          "http://[::1", "http://[::1]80", "http://user:secret@a", "http://a?x", "http://a/x?y",
          "mqtt://a/topic", "coap://a/v1"})
        EXPECT_EQ(parts(url), "refused") << url;
    EXPECT_EQ(parts("http://" + std::string(256, 'a')), "refused");
    EXPECT_EQ(parts("http://a/" + std::string(256, 'a')), "refused");
}

std::string encoded(const std::string& text) {
    std::string out(AJOUR_BASE64_LENGTH(text.size()) + 1, 'x');
    ajour_base64_encode(out.data(), reinterpret_cast<const std::uint8_t*>(text.data()),
                        text.size());
    return out.c_str();
}

TEST(Base64, is_that_of_rfc_4648) {
    const std::pair<const char*, const char*> rows[] = {{"", ""},
                                                        {"f", "Zg=="},
                                                        {"fo", "Zm8="},
                                                        {"foo", "Zm9v"},
                                                        {"foob", "Zm9vYg=="},
                                                        {"fooba", "Zm9vYmE="},
                                                        {"foobar", "Zm9vYmFy"},
                                                        {"\xfb\xff", "+/8="}};
    for (const auto& [plain, text] : rows) {
        std::uint8_t out[8];
        std::size_t length = 0;
        EXPECT_EQ(encoded(plain), text);
        ASSERT_EQ(ajour_base64_decode(out, sizeof out, &length, text), 0) << text;
        EXPECT_EQ(std::string(out, out + length), plain);
    }
}

std::string key(const std::string& text, std::size_t room = 4) {
    std::uint8_t out[64];
    std::size_t length = 0;
    if (ajour_secret_decode(out, room, &length, text.c_str()) != nullptr) return "refused";
    return {out, out + length};
}

TEST(SecretKey, is_base64_or_hexadecimal) {
    EXPECT_EQ(key("Zm9v"), "foo");
    EXPECT_EQ(key("Zg"), "f") << "padding may be left out";
    EXPECT_EQ(key("hex:666f6F"), "foo");
    for (const auto* text :
         {"", "hex:", "hex:6", "hex:6g", "hex:6666666666", "Z", "Zm9v!", "Zm9vYmE="})
        EXPECT_EQ(key(text), "refused") << text;
}

TEST(SecretArgument, is_taken_out_of_the_list_of_processes) {
    char secret[AJOUR_SECRET_MAX] = "";
    char argument[] = "hush";
    EXPECT_EQ(ajour_secret_take(secret, argument), nullptr);
    EXPECT_STREQ(secret, "hush");
    EXPECT_STREQ(argument, "****");
    std::string longer(AJOUR_SECRET_MAX, 'x');
    EXPECT_NE(ajour_secret_take(secret, longer.data()), nullptr);
    EXPECT_EQ(longer, std::string(AJOUR_SECRET_MAX, '*'));
}

TEST(MqttTopic, has_its_places_filled_in) {
    char topic[32];
    EXPECT_EQ(
        ajour_mqtt_topic(topic, sizeof topic, "a/{application}/{device}/{x}", "shelf", "lamp"), 0);
    EXPECT_STREQ(topic, "a/shelf/lamp/{x}");
    EXPECT_EQ(ajour_mqtt_topic(topic, 5, "{device}", "shelf", "lamp"), 0);
    EXPECT_EQ(ajour_mqtt_topic(topic, 4, "{device}", "shelf", "lamp"), -1);
}

}  // namespace

}  // namespace ajour::test
