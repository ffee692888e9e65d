// SPDX-License-Identifier: Apache-2.0
// What the host expects of a builder. A subject has `create()` as for LifecycleContract, and
// `BuildRequest request(std::string key)`, which the builder accepts.
#pragma once

#include <ajour/sdk/builder.hpp>
#include <ajour/sdk/testing/hostile.hpp>
#include <ajour/sdk/testing/memory_sink.hpp>

#include <gtest/gtest.h>

#include <memory>
#include <string>

namespace ajour::sdk::contract {

template <typename Subject>
class BuilderContract : public ::testing::Test {
protected:
    void SetUp() override {
        const auto started = builder_->try_start();
        ASSERT_TRUE(started) << started.error().text;
    }
    void TearDown() override { builder_->try_stop(); }

    void begin(const std::string& key, BuildId& id) {
        const auto begun = builder_->try_begin(subject_.request(key));
        ASSERT_TRUE(begun) << begun.error().text;
        ASSERT_NE(*begun, "");
        id = *begun;
    }

    Subject subject_;
    std::unique_ptr<BuilderPort> builder_ = subject_.create();
};

TYPED_TEST_SUITE_P(BuilderContract);

TYPED_TEST_P(BuilderContract, begins_one_build_per_key) {
    BuildId first, again, other;
    ASSERT_NO_FATAL_FAILURE(this->begin("one", first));
    ASSERT_NO_FATAL_FAILURE(this->begin("one", again));
    ASSERT_NO_FATAL_FAILURE(this->begin("two", other));
    EXPECT_EQ(first, again);
    EXPECT_NE(first, other);
}

TYPED_TEST_P(BuilderContract, knows_what_it_began) {
    BuildId id;
    ASSERT_NO_FATAL_FAILURE(this->begin("one", id));
    const auto state = this->builder_->try_look(id);
    ASSERT_TRUE(state) << state.error().text;
}

TYPED_TEST_P(BuilderContract, does_not_find_a_build_that_nobody_began) {
    for (const auto& name : hostile_names()) {
        MemorySink sink;
        const auto state = this->builder_->try_look(name);
        ASSERT_FALSE(state);
        EXPECT_EQ(state.error().kind, ErrorKind::NotFound) << state.error().text;
        EXPECT_FALSE(this->builder_->try_log(name, sink, 0));
        EXPECT_TRUE(sink.bytes().empty());
    }
}

TYPED_TEST_P(BuilderContract, cancels_twice) {
    BuildId id;
    ASSERT_NO_FATAL_FAILURE(this->begin("one", id));
    EXPECT_TRUE(this->builder_->try_cancel(id));
    EXPECT_TRUE(this->builder_->try_cancel(id));
}

TYPED_TEST_P(BuilderContract, gives_its_log_from_where_it_is_asked) {
    BuildId id;
    MemorySink whole, rest;
    ASSERT_NO_FATAL_FAILURE(this->begin("one", id));
    ASSERT_TRUE(this->builder_->try_log(id, whole, 0));
    ASSERT_TRUE(this->builder_->try_log(id, rest, whole.bytes().size() / 2));
    const auto text = std::string(text_of(whole.bytes()));
    EXPECT_EQ(text.substr(text.size() / 2),
              text_of(rest.bytes()).substr(0, text.size() - text.size() / 2));
}

TYPED_TEST_P(BuilderContract, refuses_hostile_requests_without_a_throw) {
    for (const auto& text : hostile_specs()) {
        auto request = this->subject_.request("hostile");
        request.key = request.git_uri = request.image = request.artifact_path = text;
        const auto begun = this->builder_->try_begin(request);
        if (!begun) {
            EXPECT_NE(begun.error().kind, ErrorKind::Internal) << begun.error().text;
        }
    }
}

REGISTER_TYPED_TEST_SUITE_P(BuilderContract, begins_one_build_per_key, knows_what_it_began,
                            does_not_find_a_build_that_nobody_began, cancels_twice,
                            gives_its_log_from_where_it_is_asked,
                            refuses_hostile_requests_without_a_throw);

}  // namespace ajour::sdk::contract
