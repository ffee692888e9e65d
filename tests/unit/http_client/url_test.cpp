// SPDX-License-Identifier: Apache-2.0
#include "http_client/url.hpp"

#include "http_client/message.hpp"

#include <gtest/gtest.h>

#include <string>
#include <utility>

namespace ajour::http_client {
namespace {

std::string resolved(const std::string& base, const std::string& reference) {
    const auto url = resolve_reference(*parse_url(base), reference);
    return url ? url->text() : url.error().text;
}

TEST(Url, is_of_the_origin_of_scheme_host_and_port) {
    EXPECT_EQ(origin_of("https://Example.COM/a?b#c"), "https://example.com:443");
    EXPECT_EQ(origin_of("HTTP://example.com"), "http://example.com:80");
    EXPECT_EQ(origin_of("http://example.com:8080?x"), "http://example.com:8080");
    EXPECT_EQ(origin_of("https://[::1]:5000/v2/"), "https://[::1]:5000");
    EXPECT_EQ(origin_of("https://example.com:/"), "https://example.com:443");
}

TEST(Url, of_another_kind_has_no_origin) {
    for (const auto* bad : {"",
                            "example.com",
                            "/path",
                            "ftp://example.com",
                            "file:///etc/passwd",
                            "https:///path",
                            "https://:80/",
                            "https://user@example.com/",
                            "https://user:pw@example.com/",
                            "https://example.com@other.com/",
                            "https://example.com:0/",
                            "https://example.com:65536/",
                            "https://example.com:80x/",
                            "https://example.com:+80/",
                            "https://exa mple.com/",
                            "https://example.com\\@other.com/",
                            "https://ex%61mple.com/",
                            "https://[::1/",
                            "https://::1/",
                            "https://[]/",
                            "https://[fe80::1%25eth0]/",
                            "https://b\xc3\xbc.example/",
                            "https://example.com/\n",
                            "https://example.com/a\tb",
                            " https://example.com/"}) {
        EXPECT_EQ(origin_of(bad), "") << bad;
    }
    EXPECT_EQ(origin_of("https://example.com/" + std::string(url_max, 'a')), "");
    EXPECT_EQ(origin_of("https://" + std::string(300, 'a')), "");
    EXPECT_EQ(origin_of(std::string_view("https://example.com/\0", 21)), "");
}

TEST(Url, shows_its_location_without_the_query) {
    const auto url = *parse_url("https://example.com:443/a/b?token=secret#part");
    EXPECT_EQ(url.location(), "https://example.com/a/b");
    EXPECT_EQ(url.text(), "https://example.com/a/b?token=secret");
    EXPECT_EQ(parse_url("http://example.com:443?x")->text(), "http://example.com:443/?x");
}

TEST(Url, never_tells_in_an_error_what_it_was) {
    for (const auto* bad : {"https://user:secret@example.com/", "secret", "https://secret\\/"}) {
        EXPECT_EQ(parse_url(bad).error().text.find("secret"), std::string::npos);
    }
}

TEST(Url, writes_what_is_not_ascii_as_percents) {
    EXPECT_EQ(parse_url("https://e.com/a b\\c\xc3\xbc?d e")->text(),
              "https://e.com/a%20b%5Cc%C3%BC?d%20e");
}

TEST(Url, takes_references_as_the_rfc_does) {
    // RFC 3986 section 5.4
    const std::pair<const char*, const char*> rows[] = {
        {"g", "http://a/b/c/g"},
        {"./g", "http://a/b/c/g"},
        {"g/", "http://a/b/c/g/"},
        {"/g", "http://a/g"},
        {"//g", "http://g/"},
        {"?y", "http://a/b/c/d;p?y"},
        {"g?y", "http://a/b/c/g?y"},
        {"#s", "http://a/b/c/d;p?q"},
        {"g#s", "http://a/b/c/g"},
        {";x", "http://a/b/c/;x"},
        {"", "http://a/b/c/d;p?q"},
        {".", "http://a/b/c/"},
        {"./", "http://a/b/c/"},
        {"..", "http://a/b/"},
        {"../g", "http://a/b/g"},
        {"../..", "http://a/"},
        {"../../g", "http://a/g"},
        {"../../../../g", "http://a/g"},
        {"/./g", "http://a/g"},
        {"/../g", "http://a/g"},
        {"g.", "http://a/b/c/g."},
        {"..g", "http://a/b/c/..g"},
        {"./g/.", "http://a/b/c/g/"},
        {"g/../h", "http://a/b/c/h"},
        {"g?y/../x", "http://a/b/c/g?y/../x"},
        {"https://z:99/q", "https://z:99/q"},
        {"//h:81", "http://h:81/"},
    };
    for (const auto& [reference, expected] : rows) {
        EXPECT_EQ(resolved("http://a/b/c/d;p?q", reference), expected) << reference;
    }
}

TEST(Url, of_a_reference_is_not_moved_by_tricks) {
    EXPECT_EQ(resolved("https://a/b", "\\\\other.com/x"), "https://a/%5C%5Cother.com/x");
    EXPECT_EQ(resolved("https://a/b", "/\\other.com"), "https://a/%5Cother.com");
    EXPECT_EQ(resolved("https://a/b", "javascript:alert(1)"), "the URL is none of http or https");
    EXPECT_EQ(resolved("https://a/b", "https:/other.com"), "the URL is none of http or https");
    EXPECT_EQ(resolved("https://a/b", "//u:p@other.com/"), "the URL has credentials in it");
    EXPECT_EQ(resolved("https://a/b", "x\r\nSet-Cookie: y"), "the URL holds a control character");
}

TEST(PercentEncoded, keeps_unreserved_characters_only) {
    EXPECT_EQ(percent_encoded("AZaz09-._~"), "AZaz09-._~");
    EXPECT_EQ(percent_encoded("a/b c?\xc3\xbc%"), "a%2Fb%20c%3F%C3%BC%25");
    EXPECT_EQ(percent_encoded(""), "");
    EXPECT_EQ(percent_encoded(std::string_view("\0", 1)), "%00");
}

}  // namespace
}  // namespace ajour::http_client
