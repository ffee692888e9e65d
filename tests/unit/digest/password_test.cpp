// SPDX-License-Identifier: Apache-2.0
// The hashes are those of crypt_blowfish's tests and of the SHA-crypt specification.
#include "digest/password.hpp"

#include <gtest/gtest.h>

#include <chrono>

namespace ajour::digest {
namespace {

struct Row {
    const char* name;
    StoredKind kind;
    std::string stored;
    std::string given;
    bool matches;
};

const std::string of_u = "CCCCCCCCCCCCCCCCCCCCC.E5YPO9kmyuRGyh0XouQYb4YMJKvyOeW";
const std::string of_hello =
    "$6$saltstring$svn8UoSVapNtMuq1ukKS4tPQd8iKwSMHWjl/O817G3uBnIFNjnQJuesI68u4OTLiBFdcbYEdFCoE"
    "OfaS35inz1";
const std::string of_hello_in_10000_rounds =
    "$6$rounds=10000$saltstringsaltst$OW1/O6BYHV6BcXZu8QVeXbDWra3Oeqh0sbHbbMCVNSnCM/"
    "UrjmM0Dp8vOuZeHBy"
    "/YTBmSK6H9qs/y3RnOaw5v.";

const Row rows[] = {
    {"the plain one", StoredKind::Plain, "s3cret", "s3cret", true},
    {"another of the same length", StoredKind::Plain, "s3cret", "S3cret", false},
    {"a part of it", StoredKind::Plain, "s3cret", "s3cre", false},
    {"a plain one with NUL and beyond ASCII", StoredKind::Plain, std::string("\0\xc3\xa9", 3),
     std::string("\0\xc3\xa9", 3), true},
    {"nothing for nothing", StoredKind::Plain, "", "", true},
    {"bcrypt 2a", StoredKind::Bcrypt, "$2a$05$" + of_u, "U*U", true},
    {"bcrypt 2b", StoredKind::Bcrypt, "$2b$05$" + of_u, "U*U", true},
    {"bcrypt 2y", StoredKind::Bcrypt, "$2y$05$" + of_u, "U*U", true},
    {"bcrypt, another", StoredKind::Bcrypt, "$2a$05$" + of_u, "U*V", false},
    {"bcrypt, NUL behind the right one", StoredKind::Bcrypt, "$2a$05$" + of_u,
     std::string("U*U\0x", 5), false},
    {"bcrypt, cut off", StoredKind::Bcrypt, "$2a$05$" + of_u.substr(1), "U*U", false},
    {"bcrypt of no known scheme", StoredKind::Bcrypt, "$2z$05$" + of_u, "U*U", false},
    {"bcrypt, not a hash at all", StoredKind::Bcrypt, "U*U", "U*U", false},
    {"the error mark of crypt", StoredKind::Bcrypt, "*0", "U*U", false},
    {"SHA-512", StoredKind::Sha512, of_hello, "Hello world!", true},
    {"SHA-512 with its rounds", StoredKind::Sha512, of_hello_in_10000_rounds, "Hello world!", true},
    {"SHA-512, another", StoredKind::Sha512, of_hello, "Hello world", false},
    {"SHA-512 stored as bcrypt", StoredKind::Bcrypt, of_hello, "Hello world!", false},
    {"bcrypt stored as SHA-512", StoredKind::Sha512, "$2a$05$" + of_u, "U*U", false},
    {"weaker schemes of crypt", StoredKind::Sha512, "$1$abc$BXBqpb9BZcZhXLgbee.0s/", "abc", false},
    {"given, far too long", StoredKind::Sha512, of_hello, std::string(100'000, 'a'), false},
    {"stored, nothing", StoredKind::Sha512, "", "", false},
};

TEST(PasswordMatches, exactly_when_it_is_the_one) {
    for (const auto& row : rows) {
        EXPECT_EQ(password_matches(row.kind, row.stored, row.given), row.matches) << row.name;
    }
}

TEST(PasswordMatches, refuses_hashes_that_would_take_too_long_at_once) {
    const auto begin = std::chrono::steady_clock::now();
    EXPECT_FALSE(password_matches(StoredKind::Bcrypt, "$2b$15$" + of_u, "U*U"));
    EXPECT_FALSE(password_matches(StoredKind::Bcrypt, "$2b$31$" + of_u, "U*U"));
    EXPECT_FALSE(password_matches(StoredKind::Sha512, "$6$rounds=1000001$salt$x", "x"));
    EXPECT_FALSE(password_matches(StoredKind::Sha512, "$6$rounds=999999999999$salt$x", "x"));
    EXPECT_LT(std::chrono::steady_clock::now() - begin, std::chrono::milliseconds(200));
}

TEST(HashPassword, makes_a_bcrypt_of_cost_10_that_matches_its_password_only) {
    const auto hashed = hash_password("device password");
    ASSERT_TRUE(hashed.ok());
    EXPECT_EQ(hashed->substr(0, 7), "$2b$10$");
    EXPECT_EQ(hashed->size(), 60u);
    EXPECT_TRUE(password_matches(StoredKind::Bcrypt, *hashed, "device password"));
    EXPECT_FALSE(password_matches(StoredKind::Bcrypt, *hashed, "device passwore"));
}

TEST(HashPassword, is_salted) {
    EXPECT_NE(*hash_password("one"), *hash_password("one"));
}

TEST(HashPassword, refuses_what_bcrypt_would_cut_off) {
    EXPECT_TRUE(hash_password(std::string(72, 'a')).ok());
    for (const auto& password :
         {std::string(), std::string(73, 'a'), std::string("with\0NUL", 8)}) {
        const auto hashed = hash_password(password);
        ASSERT_FALSE(hashed.ok());
        EXPECT_EQ(hashed.error().kind, sdk::ErrorKind::Malformed);
    }
}

}  // namespace
}  // namespace ajour::digest
