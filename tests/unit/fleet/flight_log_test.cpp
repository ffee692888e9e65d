// SPDX-License-Identifier: Apache-2.0
#include "fleet/flight_log.hpp"

#include <gtest/gtest.h>

namespace ajour::fleet {

namespace {

update::Flight sample() {
    update::Flight flight;
    flight.version = std::string("1\0\xff", 3);
    flight.sha256.bytes.fill(0xab);
    flight.size = 0xffffffff;
    flight.swap_sent = true;
    flight.returns = 1;
    return flight;
}

TEST(FlightLog, reads_what_it_printed) {
    const auto flight = sample();
    const auto read = read_flight(print_flight(flight));
    EXPECT_TRUE(same_for_restart(read, flight));
    EXPECT_EQ(read.size, flight.size);
}

TEST(FlightLog, forgets_how_much_was_served) {
    auto flight = sample();
    flight.from_start = true;
    flight.served = 100;
    const auto read = read_flight(print_flight(flight));
    EXPECT_FALSE(read.from_start);
    EXPECT_EQ(read.served, 0U);
}

TEST(FlightLog, an_empty_flight_is_empty_text) {
    EXPECT_EQ(print_flight({}), "");
    EXPECT_TRUE(read_flight("").version.empty());
}

TEST(FlightLog, reads_no_flight_from_other_text) {
    for (const char* text :
         {"{", "[]", "{}", "null", R"({"version":"31"})",
          R"({"version":"31","sha256":"xx","size":1})", R"({"version":1,"sha256":2,"size":"3"})"}) {
        EXPECT_TRUE(read_flight(text).version.empty()) << text;
    }
}

TEST(FlightLog, numbers_that_do_not_fit_do_not_wrap) {
    const std::string digest(64, 'a');
    for (const char* size : {"-1", "4294967296", "1.5", "\"1\"", "1e300"}) {
        const auto flight = read_flight(R"({"version":"31","sha256":")" + digest +
                                        R"(","returns":257,"size":)" + size + "}");
        EXPECT_TRUE(flight.version.empty()) << size;
    }
}

}  // namespace

}  // namespace ajour::fleet
