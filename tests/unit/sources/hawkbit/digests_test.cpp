// SPDX-License-Identifier: Apache-2.0
#include "digests.hpp"

#include <gtest/gtest.h>

namespace ajour::hawkbit {
namespace {

const Hashes Abc{"ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad",
                 "a9993e364706816aba3e25717850c26c9cd0d89d", "900150983cd24fb0d6963f7d28e17f72"};

sdk::Result<void> check(const Hashes& promised) {
    Digests digests(promised);
    digests.update(sdk::bytes_of("a"));
    digests.update(sdk::bytes_of("bc"));
    EXPECT_EQ(digests.size(), 3U);
    auto result = digests.finish();
    EXPECT_EQ(digests.sha256(), Abc.sha256);
    return result;
}

TEST(Digests, that_were_promised_are_all_checked) {
    EXPECT_TRUE(check(Abc));
    EXPECT_TRUE(check({"", Abc.sha1, ""}));
    EXPECT_TRUE(check({"", "", Abc.md5}));
}

TEST(Digests, that_differ_are_named) {
    for (const auto& [promised, name] :
         {std::pair(Hashes{std::string(64, '0'), Abc.sha1, Abc.md5}, "SHA-256"),
          std::pair(Hashes{Abc.sha256, std::string(40, '0'), Abc.md5}, "SHA-1"),
          std::pair(Hashes{Abc.sha256, Abc.sha1, std::string(32, '0')}, "MD5")}) {
        const auto result = check(promised);
        ASSERT_FALSE(result);
        EXPECT_EQ(result.error().kind, sdk::ErrorKind::Mismatch);
        EXPECT_NE(result.error().text.find(name), std::string::npos) << result.error().text;
    }
}

}  // namespace
}  // namespace ajour::hawkbit
