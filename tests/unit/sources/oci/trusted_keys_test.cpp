// SPDX-License-Identifier: Apache-2.0
#include "signature/trusted_keys.hpp"

#include "key_maker.hpp"
#include "support/temp_directory.hpp"

#include <gmock/gmock.h>

using namespace ajour::oci;
using ajour::sdk::ErrorKind;
using testing::HasSubstr;

namespace {

std::string error_of(const std::string& pem) {
    const auto keys = parse_keys(pem);
    return keys ? "taken" : keys.error().text;
}

TEST(TrustedKeys, are_of_the_kinds_that_cosign_makes_and_takes) {
    const std::pair<MadeKey, const char*> keys[] = {{MadeKey::curve("P-256"), "P-256"},
                                                    {MadeKey::curve("P-384"), "P-384"},
                                                    {MadeKey::curve("P-521"), "P-521"},
                                                    {MadeKey::ed25519(), "Ed25519"},
                                                    {MadeKey::rsa(2048), "RSA-2048"}};
    std::string all;
    for (const auto& [key, kind] : keys) all += "# a comment\n" + key.pem();
    const auto parsed = parse_keys(all);
    ASSERT_TRUE(parsed) << parsed.error().text;
    ASSERT_EQ(parsed->size(), std::size(keys));
    for (std::size_t i = 0; i < parsed->size(); ++i) {
        const auto& [made, kind] = keys[i];
        EXPECT_EQ((*parsed)[i].kind(), kind);
        EXPECT_EQ((*parsed)[i].id().size(), 16U);
        const auto signature =
            made.sign("m", kind == std::string("Ed25519") ? nullptr : EVP_sha256());
        EXPECT_TRUE((*parsed)[i].verifies("m", ajour::sdk::bytes_of(signature))) << kind;
        EXPECT_FALSE((*parsed)[i].verifies("n", ajour::sdk::bytes_of(signature))) << kind;
    }
}

TEST(TrustedKeys, check_larger_curves_by_larger_digests_too) {
    const auto p384 = MadeKey::curve("P-384"), p521 = MadeKey::curve("P-521");
    EXPECT_TRUE(PublicKey::parse(p384.pem())
                    ->verifies("m", ajour::sdk::bytes_of(p384.sign("m", EVP_sha384()))));
    EXPECT_TRUE(PublicKey::parse(p521.pem())
                    ->verifies("m", ajour::sdk::bytes_of(p521.sign("m", EVP_sha512()))));
    EXPECT_FALSE(PublicKey::parse(p384.pem())
                     ->verifies("m", ajour::sdk::bytes_of(p384.sign("m", EVP_sha512()))));
}

TEST(TrustedKeys, are_no_weak_or_strange_ones) {
    EXPECT_THAT(error_of(MadeKey::rsa(1024).pem()), HasSubstr("key 1: the key is RSA-1024"));
    EXPECT_THAT(error_of(MadeKey::curve("P-224").pem()), HasSubstr("expected P-256, P-384"));
    EXPECT_THAT(error_of(MadeKey::curve("secp256k1").pem()), HasSubstr("the key is secp256k1"));
}

TEST(TrustedKeys, say_what_is_wrong_with_a_file) {
    const auto key = MadeKey::curve("P-256");
    auto broken = key.pem();
    broken[40] = '!';
    EXPECT_THAT(error_of(broken), HasSubstr("key 1: not a public key in PEM"));
    EXPECT_THAT(error_of(key.pem() + broken), HasSubstr("key 2: not a public key in PEM"));
    EXPECT_THAT(error_of(key.pem().substr(0, 80)), HasSubstr("not a public key"));
    EXPECT_THAT(error_of(""), HasSubstr("no \"PUBLIC KEY\" in PEM"));
    EXPECT_THAT(error_of("<html>"), HasSubstr("no \"PUBLIC KEY\" in PEM"));
    EXPECT_THAT(error_of(key.private_pem()), HasSubstr("holds a private key"));
    EXPECT_THAT(error_of(std::string(70'000, '\n')), HasSubstr("more than 65536 bytes"));
    std::string many;
    for (int i = 0; i < 17; ++i) many += key.pem();
    EXPECT_THAT(error_of(many), HasSubstr("more than 16 keys"));
}

TEST(TrustedKeys, ask_nobody_for_the_password_of_an_encrypted_key) {
    EXPECT_THAT(error_of("-----BEGIN PUBLIC KEY-----\nProc-Type: 4,ENCRYPTED\nDEK-Info: "
                         "AES-128-CBC,00112233445566778899AABBCCDDEEFF\n\nAAAA\n"
                         "-----END PUBLIC KEY-----\n"),
                HasSubstr("not a public key"));
}

TEST(TrustedKeys, are_read_from_a_file_that_errors_name) {
    const ajour::support::TempDirectory temp;
    EXPECT_EQ(read_keys(temp.write("a.pub", MadeKey::ed25519().pem()))->size(), 1U);
    EXPECT_THAT(read_keys(temp.path() / "none.pub").error().text, HasSubstr("none.pub cannot be"));
    EXPECT_THAT(read_keys(temp.write("b.pub", "x")).error().text, HasSubstr("b.pub: no \"PUBLIC"));
    EXPECT_FALSE(read_keys(temp.path()));
}

}  // namespace
