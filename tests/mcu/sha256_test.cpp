// SPDX-License-Identifier: Apache-2.0
#include <ajour/ajour_sha256.h>

#include <gtest/gtest.h>

#include <string>

namespace {

std::string digest_of(const std::string& text, std::size_t piece) {
    ajour_sha256 sha;
    ajour_sha256_begin(&sha);
    for (std::size_t at = 0; at < text.size(); at += piece)
        ajour_sha256_add(&sha, text.data() + at, std::min(piece, text.size() - at));
    std::uint8_t digest[AJOUR_SHA256_LENGTH];
    ajour_sha256_finish(&sha, digest);
    std::string hex;
    for (const auto byte : digest) {
        hex += "0123456789abcdef"[byte >> 4];
        hex += "0123456789abcdef"[byte & 15];
    }
    return hex;
}

struct Example {
    std::string text;
    const char* digest;
};

// FIPS 180-4's examples, then lengths around the padding's edges as coreutils' sha256sum has them.
const Example examples[] = {
    {"", "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855"},
    {"abc", "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad"},
    {"abcdbcdecdefdefgefghfghighijhijkijkljklmklmnlmnomnopnopq",
     "248d6a61d20638b8e5c026930c3e6039a33ce45964ff2167f6ecedd419db06c1"},
    {std::string(1000000, 'a'), "cdc76e5c9914fb9281a1c7e284d73e67f1809a48a497200e046d39ccc7112cd0"},
    {std::string(55, 'x'), "d5e285683cd4efc02d021a5c62014694958901005d6f71e89e0989fac77e4072"},
    {std::string(56, 'x'), "04c26261370ee7541549d16dee320c723e3fd14671e66a099afe0a377c16888e"},
    {std::string(57, 'x'), "ae14a2563ccf969d99aca69ce6bb74981f734bbf9f655f73b8f06db68cab5217"},
    {std::string(63, 'x'), "75220b47218278e656f2013bb8f0c455a25eaf01e86c64924e9d48d89776d6f2"},
    {std::string(64, 'x'), "7ce100971f64e7001e8fe5a51973ecdfe1ced42befe7ee8d5fd6219506b5393c"},
    {std::string(65, 'x'), "9537c5fdf120482f7d58d25e9ed583f52c02b4e304ea814db1633ad565aed7e9"},
    {std::string(119, 'x'), "000b48d4edf0fa7bee3c6236ecd2785baa5db4eeb8bb54341b029e0d9fa5fb0c"},
    {std::string(120, 'x'), "13f05a0b594787f5ecd315edc96141bd3243203d1b7d4f0836f37308b276ba98"},
    {std::string(128, 'x'), "24da1b81d0b16df6428eee73c69fcb2a93c76bc6df706f0c6670fe6bfe800464"}};

TEST(Sha256, of_known_texts_is_right) {
    for (const auto& example : examples)
        EXPECT_EQ(digest_of(example.text, example.text.size() + 1), example.digest)
            << example.text.size() << " bytes";
}

TEST(Sha256, is_the_same_in_any_pieces) {
    for (const auto& example : examples) {
        for (const std::size_t piece : {1U, 7U, 63U, 64U, 65U, 1000U})
            EXPECT_EQ(digest_of(example.text, piece), example.digest)
                << example.text.size() << " bytes in pieces of " << piece;
    }
}

}  // namespace
