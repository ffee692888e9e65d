// SPDX-License-Identifier: Apache-2.0
#include "distribution/link_header.hpp"

#include <gmock/gmock.h>

using namespace ajour::oci;

namespace {

TEST(LinkHeader, has_the_next_page) {
    EXPECT_EQ(next_link(R"(</v2/a/tags/list?last=b&n=2>; rel="next")"),
              "/v2/a/tags/list?last=b&n=2");
    EXPECT_EQ(next_link(R"(</first>; rel="first", </v2/next>; rel=next)"), "/v2/next");
}

TEST(LinkHeader, may_have_no_next_page) {
    for (const auto* header : {"", "<", "<>", "</a", R"(</a>; rel="prev")", "rel=next", "</a>"}) {
        EXPECT_EQ(next_link(header), "") << header;
    }
}

TEST(LinkHeader, leads_to_its_own_server_only) {
    EXPECT_EQ(local_target("/v2/a/tags/list?n=1", "https://a.example"), "/v2/a/tags/list?n=1");
    EXPECT_EQ(local_target("https://a.example/v2/x", "https://a.example"), "/v2/x");
    for (const auto* target : {"", "https://b.example/v2/x", "//b.example/v2/x", "/other", "v2/x",
                               "https://a.example.evil/v2/x", "https://a.example@evil/v2/x",
                               "/v2/a b", "/v2/a\r\nb", "/v2/a#b"}) {
        EXPECT_EQ(local_target(target, "https://a.example"), "") << target;
    }
}

}  // namespace
