// SPDX-License-Identifier: Apache-2.0
#include "reference.hpp"

#include <gmock/gmock.h>

#include <string>

using namespace ajour::oci;
using ajour::sdk::ErrorKind;
using testing::HasSubstr;

namespace {

const std::string digest = "sha256:" + std::string(64, 'a');

Prefix prefix_of(const std::string& text) {
    const auto prefix = parse_prefix(text);
    EXPECT_TRUE(prefix) << prefix.error().text;
    return prefix ? *prefix : Prefix{};
}

TEST(Reference, has_host_repository_tag_and_digest) {
    const auto read = parse_reference("registry.example:5000/acme/fw:1.4@" + digest);
    ASSERT_TRUE(read) << read.error().text;
    EXPECT_EQ(*read, (Reference{"registry.example:5000", "acme/fw", "1.4", digest}));
    EXPECT_EQ(read->text(), "registry.example:5000/acme/fw:1.4@" + digest);
}

TEST(Reference, is_asked_for_by_digest_before_tag_before_latest) {
    EXPECT_EQ(parse_reference("a.b/c:1@" + digest)->version_name(), digest);
    EXPECT_EQ(parse_reference("a.b/c:1")->version_name(), "1");
    EXPECT_EQ(parse_reference("a.b/c")->version_name(), "latest");
}

TEST(Reference, takes_the_hosts_that_there_are) {
    for (const auto* host : {"quay.io", "localhost", "localhost:5000", "127.0.0.1:5000", "[::1]",
                             "[fe80::1]:5000", "registry:5000", "A.example", "xn--a.example"}) {
        const auto read = parse_reference(std::string(host) + "/fw:1");
        ASSERT_TRUE(read) << read.error().text;
        EXPECT_EQ(read->host, host);
        EXPECT_EQ(read->repository, "fw");
    }
}

TEST(Reference, takes_the_separators_of_the_grammar) {
    for (const auto* name : {"a", "a/b/c", "a.b", "a_b", "a__b", "a-b", "a---b", "a1/b2.c__d-e"}) {
        EXPECT_TRUE(is_repository(name)) << name;
    }
    for (const auto* name :
         {"",     "/",  "a/", "/a", "a//b", "A",  ".a",   "a.",     "a..b", "a___b",
          "a.-b", "-a", "a-", "_a", "a/.b", "..", "../a", "a/../b", "a b",  "a%2fb"}) {
        EXPECT_FALSE(is_repository(name)) << name;
    }
    EXPECT_TRUE(is_repository(std::string(255, 'a')));
    EXPECT_FALSE(is_repository(std::string(256, 'a')));
}

TEST(Reference, takes_the_tags_of_the_grammar) {
    for (const auto* tag : {"1", "v1.4.2", "_a", "A-b.c_d"}) EXPECT_TRUE(is_tag(tag)) << tag;
    for (const auto* tag : {"", ".a", "-a", "a+b", "a/b", "a:b", "a b", "\xc3\xa4"}) {
        EXPECT_FALSE(is_tag(tag)) << tag;
    }
    EXPECT_TRUE(is_tag(std::string(128, 'a')));
    EXPECT_FALSE(is_tag(std::string(129, 'a')));
}

TEST(Reference, refuses_what_is_none) {
    for (const std::string text :
         {"", "fw", "acme/fw", "quay.io/", "quay.io/Acme/fw", "quay.io:0/fw", "quay.io:65536/fw",
          "quay.io:/fw", "-a.example/fw", "a..example/fw", "quay.io/fw:", "quay.io/fw@",
          "quay.io/fw@sha256:abc", "quay.io/fw@md5:00000000000000000000000000000000",
          "user@quay.io/fw", "https://quay.io/fw", "quay.io/fw:1:2", "[::1/fw", "[]/fw"}) {
        const auto read = parse_reference(text);
        ASSERT_FALSE(read) << text << " was read as " << read->text();
        EXPECT_EQ(read.error().kind, ErrorKind::Malformed);
        EXPECT_THAT(read.error().text, HasSubstr("expected"));
    }
}

TEST(Reference, refuses_a_digest_with_capitals) {
    EXPECT_FALSE(parse_reference("a.b/c@sha256:" + std::string(64, 'A')));
}

TEST(Prefix, is_a_whole_host_and_what_repositories_begin_with) {
    EXPECT_EQ(prefix_of("quay.io/").path, "");
    EXPECT_EQ(prefix_of("quay.io/acme/").path, "acme/");
    EXPECT_EQ(prefix_of("127.0.0.1:5000/a/b/").host, "127.0.0.1:5000");
    EXPECT_EQ(prefix_of("quay.io/acme/fw-").path, "acme/fw-");
    EXPECT_EQ(prefix_of("quay.io/fw_").path, "fw_");
}

TEST(Prefix, refuses_what_a_name_could_go_on_with) {
    for (const auto* text :
         {"", "/", "quay.io", "quay.io/acme", "acme/", "acme/fw/", "acme/fw-", "quay.io-",
          "quay.io/-", "quay.io/a..", "https://quay.io/", "quay.io//", "quay.io/Acme/",
          "quay.io/../", "quay.io:x/", "user@quay.io/"}) {
        const auto prefix = parse_prefix(text);
        ASSERT_FALSE(prefix) << text;
        EXPECT_THAT(prefix.error().text, HasSubstr("ends in / - _ or ."));
    }
}

TEST(ImageBelow, appends_the_name_to_the_prefix) {
    const auto image = image_below(prefix_of("quay.io/acme/"), "sub/fw:1.4");
    ASSERT_TRUE(image) << image.error().text;
    EXPECT_EQ(*image, (Reference{"quay.io", "acme/sub/fw", "1.4", ""}));
}

TEST(ImageBelow, goes_on_with_the_word_that_the_prefix_began) {
    const auto image = image_below(prefix_of("quay.io/acme/fw-"), "lamp:1.4");
    ASSERT_TRUE(image) << image.error().text;
    EXPECT_EQ(*image, (Reference{"quay.io", "acme/fw-lamp", "1.4", ""}));
    for (const auto* name : {"", ":1.4", "/lamp", "-", "../lamp"}) {
        EXPECT_FALSE(image_below(prefix_of("quay.io/acme/fw-"), name)) << name;
    }
}

TEST(ImageBelow, never_leads_to_another_host) {
    for (const auto* name : {".evil.com/x",
                             "evil.com/x",
                             "evil.com:443/x",
                             "localhost/x",
                             "Evil/x",
                             "@evil.com/x",
                             ":80@evil.com/x",
                             "/evil.com/x",
                             "//evil.com/x",
                             "../x",
                             "../../x",
                             "a/../../x",
                             "x/../y",
                             "",
                             "/",
                             "x/",
                             "a b",
                             "x?y=/z",
                             "x#y",
                             "x%2f..%2fy",
                             "[::1]/x",
                             "x\r\ny",
                             "x@evil.com"}) {
        const auto image = image_below(prefix_of("quay.io/acme/"), name);
        EXPECT_FALSE(image) << name << " leads to " << image->text();
    }
    EXPECT_FALSE(image_below(prefix_of("quay.io/"), "evil.com/x"));
}

TEST(ImageBelow, knows_the_official_images_of_docker_hub) {
    EXPECT_EQ(image_below(prefix_of("docker.io/"), "fw:1")->repository, "library/fw");
    EXPECT_EQ(image_below(prefix_of("docker.io/"), "acme/fw")->repository, "acme/fw");
    EXPECT_EQ(image_below(prefix_of("docker.io/acme/"), "fw")->repository, "acme/fw");
    EXPECT_EQ(serving_host("docker.io"), "registry-1.docker.io");
    EXPECT_EQ(serving_host("quay.io"), "quay.io");
}

}  // namespace
