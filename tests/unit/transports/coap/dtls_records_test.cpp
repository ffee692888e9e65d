// SPDX-License-Identifier: Apache-2.0
#include "dtls_session.hpp"

#include <gtest/gtest.h>

#include <string>

namespace ajour::coap {
namespace {

std::string number(std::size_t value, int size) {
    std::string bytes;
    for (int shift = (size - 1) * 8; shift >= 0; shift -= 8) {
        bytes += static_cast<char>(value >> shift & 255);
    }
    return bytes;
}

std::string record(int type, unsigned epoch, const std::string& body) {
    return std::string(1, static_cast<char>(type)) + "\xfe\xfd" + number(epoch, 2) + number(0, 6) +
           number(body.size(), 2) + body;
}

std::string message(int type, unsigned sequence, const std::string& body) {
    return std::string(1, static_cast<char>(type)) + number(body.size(), 3) + number(sequence, 2) +
           number(0, 3) + number(body.size(), 3) + body;
}

std::string key_exchange(const std::string& identity) {
    return record(22, 0, message(16, 2, number(identity.size(), 2) + identity));
}

std::string identity_in(const std::string& datagram) {
    return std::string(offered_identity(sdk::bytes_of(datagram)));
}

TEST(OfferedIdentity, is_found_among_the_records_of_a_flight) {
    const auto others = record(20, 0, "\x01") + record(22, 1, std::string(40, 'f'));
    EXPECT_EQ(identity_in(key_exchange("dev@app")), "dev@app");
    EXPECT_EQ(identity_in(key_exchange("dev@app") + others), "dev@app");
    EXPECT_EQ(identity_in(others + key_exchange("dev@app")), "dev@app");
    EXPECT_EQ(identity_in(record(22, 0, message(16, 2, number(3, 2) + "psk" + "and a point"))),
              "psk");
}

TEST(OfferedIdentity, is_not_taken_from_anything_else) {
    const auto whole = key_exchange("dev@app");
    for (std::size_t size = 0; size < whole.size(); ++size) {
        EXPECT_EQ(identity_in(whole.substr(0, size)), "") << size;
    }
    EXPECT_EQ(identity_in(record(23, 0, message(16, 2, number(3, 2) + "psk"))), "");
    EXPECT_EQ(identity_in(record(22, 1, message(16, 2, number(3, 2) + "psk"))), "");
    EXPECT_EQ(identity_in(record(22, 0, message(11, 2, number(3, 2) + "psk"))), "");
    EXPECT_EQ(identity_in(record(22, 0, message(16, 2, number(9, 2) + "psk"))), "");
    EXPECT_EQ(identity_in(record(22, 0, message(16, 2, "\x41\x04 a point of P-256"))), "");
    auto fragment = message(16, 2, number(3, 2) + "psk");
    fragment[8] = 1;  // begins behind the first byte
    EXPECT_EQ(identity_in(record(22, 0, fragment)), "");
}

TEST(HelloNumber, tells_the_first_hello_from_the_one_with_the_cookie) {
    const auto hello = [](unsigned epoch, int type, unsigned sequence) {
        const auto datagram = record(22, epoch, message(type, sequence, "hello"));
        return hello_number(sdk::bytes_of(datagram));
    };
    EXPECT_EQ(hello(0, 1, 0), 0U);
    EXPECT_EQ(hello(0, 1, 1), 1U);
    EXPECT_EQ(hello(1, 1, 0), std::nullopt);
    EXPECT_EQ(hello(0, 2, 0), std::nullopt);
    EXPECT_EQ(hello_number({}), std::nullopt);
}

}  // namespace
}  // namespace ajour::coap
