// SPDX-License-Identifier: Apache-2.0
#include "origin.hpp"

#include <gmock/gmock.h>

#include <string>

using namespace ajour::oci;

namespace {

const std::string digest = "sha256:" + std::string(64, 'a');

TEST(Origin, is_read_as_it_was_written) {
    for (const auto& origin : {Origin{false, "", "acme/fw", digest, 7},
                               Origin{true, "named", "fw", digest, UINT64_MAX}}) {
        const auto read = parse_origin(origin.text());
        ASSERT_TRUE(read) << read.error().text;
        EXPECT_EQ(*read, origin);
    }
}

TEST(Origin, of_another_source_is_refused) {
    for (const std::string& text :
         {std::string(), std::string("fw"), "blob . a " + digest, "blob . a " + digest + " x",
          "blob . a " + digest + " 1 2", "blub . a " + digest + " 1",
          "blob . ../a " + digest + " 1", std::string("blob . a sha256:../../x 1")}) {
        EXPECT_FALSE(parse_origin(text)) << text;
    }
}

}  // namespace
