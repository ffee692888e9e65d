// SPDX-License-Identifier: Apache-2.0
#include "permit.hpp"

#include <gtest/gtest.h>

namespace ajour::hawkbit {
namespace {

using sdk::Permit;

TEST(PermitOf, is_all_for_forced_and_soft_alike) {
    EXPECT_EQ(permit_of(Handling::Forced, Handling::Forced, Window::None), Permit::Swap);
    EXPECT_EQ(permit_of(Handling::Attempt, Handling::Attempt, Window::None), Permit::Swap);
    EXPECT_EQ(permit_of(Handling::Forced, Handling::Forced, Window::Open), Permit::Swap);
}

TEST(PermitOf, stops_before_the_swap_for_download_only) {
    EXPECT_EQ(permit_of(Handling::Forced, Handling::Skip, Window::None), Permit::Write);
    EXPECT_EQ(permit_of(Handling::Forced, Handling::Skip, Window::Open), Permit::Write);
}

TEST(PermitOf, is_nothing_while_the_window_is_closed) {
    for (const auto update : {Handling::Forced, Handling::Attempt, Handling::Skip}) {
        EXPECT_EQ(permit_of(Handling::Forced, update, Window::Closed), Permit::Nothing);
    }
    EXPECT_EQ(permit_of(Handling::Skip, Handling::Forced, Window::None), Permit::Nothing);
}

}  // namespace
}  // namespace ajour::hawkbit
