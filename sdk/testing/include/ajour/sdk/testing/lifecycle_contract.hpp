// SPDX-License-Identifier: Apache-2.0
// The life that every plugin must be able to lead. A subject has `create()`, which gives a new
// object of the plugin in a unique_ptr to its port, with settings by which it can start.
#pragma once

#include <ajour/sdk/testing/hostile.hpp>
#include <ajour/sdk/testing/surroundings.hpp>

#include <gtest/gtest.h>

namespace ajour::sdk::contract {

template <typename Subject>
class LifecycleContract : public ::testing::Test {
protected:
    template <typename Port>
    void start(Port& port) {
        const auto started = surroundings_.start(port);
        ASSERT_TRUE(started) << started.error().text;
    }

    Subject subject_;
    Surroundings surroundings_;
};

TYPED_TEST_SUITE_P(LifecycleContract);

TYPED_TEST_P(LifecycleContract, is_destroyed_without_a_start) {
    EXPECT_NE(this->subject_.create(), nullptr);
}

TYPED_TEST_P(LifecycleContract, stops_without_a_start) {
    this->subject_.create()->try_stop();
}

TYPED_TEST_P(LifecycleContract, stops_twice) {
    const auto port = this->subject_.create();
    ASSERT_NO_FATAL_FAILURE(this->start(*port));
    port->try_stop();
    port->try_stop();
}

TYPED_TEST_P(LifecycleContract, starts_again_as_a_new_object_after_a_stop) {
    for (int life = 0; life < 2; ++life) {
        const auto port = this->subject_.create();
        ASSERT_NO_FATAL_FAILURE(this->start(*port));
        port->try_stop();
    }
}

TYPED_TEST_P(LifecycleContract, tends_while_it_runs_if_it_has_periodic_work) {
    const auto port = this->subject_.create();
    if (port->periodic() == nullptr) return;
    ASSERT_NO_FATAL_FAILURE(this->start(*port));
    EXPECT_GT(port->periodic()->try_interval().count(), 0);
    (void)port->periodic()->try_tend();
    port->try_stop();
}

TYPED_TEST_P(LifecycleContract, takes_no_hook_that_proves_nothing_if_it_takes_any) {
    const auto port = this->subject_.create();
    if (port->hook() == nullptr) return;
    ASSERT_NO_FATAL_FAILURE(this->start(*port));
    for (const auto& text : hostile_names()) {
        const auto taken = port->hook()->try_receive({text, {{"x-signature", text}}, text});
        ASSERT_FALSE(taken);
        EXPECT_NE(taken.error().kind, ErrorKind::Internal) << taken.error().text;
    }
    port->try_stop();
}

REGISTER_TYPED_TEST_SUITE_P(LifecycleContract, is_destroyed_without_a_start, stops_without_a_start,
                            stops_twice, starts_again_as_a_new_object_after_a_stop,
                            tends_while_it_runs_if_it_has_periodic_work,
                            takes_no_hook_that_proves_nothing_if_it_takes_any);

}  // namespace ajour::sdk::contract
