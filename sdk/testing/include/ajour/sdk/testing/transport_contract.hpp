// SPDX-License-Identifier: Apache-2.0
// What the host expects of a transport. A subject has `create()` as for LifecycleContract, and
// `std::optional<Bytes> exchange(ByteView payload)`: one real client that sends one status and
// waits, at most some seconds, for its command; nothing when there is none. It is called from
// several threads.
#pragma once

#include <ajour/sdk/testing/recording_inbox.hpp>

#include <gtest/gtest.h>

#include <atomic>
#include <future>
#include <memory>
#include <optional>
#include <string>
#include <thread>
#include <vector>

namespace ajour::sdk::contract {

template <typename Subject>
class TransportContract : public ::testing::Test {
protected:
    using Answer = RecordingInbox::Answer;

    void SetUp() override {
        const auto started = transport_->try_start(inbox_);
        ASSERT_TRUE(started) << started.error().text;
    }
    void TearDown() override { transport_->try_stop(); }

    static Bytes status(int number = 0) {
        const auto text = "status " + std::to_string(number);
        return Bytes(text.begin(), text.end());
    }
    auto exchange_aside() {
        return std::async(std::launch::async, [this] { return subject_.exchange(status()); });
    }

    Subject subject_;
    RecordingInbox inbox_;
    std::unique_ptr<TransportPort> transport_ = subject_.create();
};

TYPED_TEST_SUITE_P(TransportContract);

TYPED_TEST_P(TransportContract, carries_a_status_in_and_its_command_out) {
    EXPECT_EQ(this->subject_.exchange(this->status()), this->status());
    ASSERT_EQ(this->inbox_.count(), 1U);
    EXPECT_EQ(this->inbox_.messages()[0].payload, this->status());
    EXPECT_NE(this->inbox_.messages()[0].device.application, "");
    EXPECT_NE(this->inbox_.messages()[0].device.device, "");
    EXPECT_NE(this->inbox_.messages()[0].sender.device, "");
}

TYPED_TEST_P(TransportContract, carries_a_command_that_comes_later) {
    this->inbox_.answer_with(RecordingInbox::Answer::Later);
    auto answer = this->exchange_aside();
    const auto reply = this->inbox_.take_reply();
    ASSERT_NE(reply, nullptr);
    reply->send(this->status(7));
    EXPECT_EQ(answer.get(), this->status(7));
}

TYPED_TEST_P(TransportContract, sends_only_the_first_answer) {
    this->inbox_.answer_with(RecordingInbox::Answer::Twice);
    EXPECT_EQ(this->subject_.exchange(this->status(1)), this->status(1));
    EXPECT_EQ(this->subject_.exchange(this->status(2)), this->status(2));
}

TYPED_TEST_P(TransportContract, gives_no_command_after_a_refusal_and_goes_on) {
    using enum ErrorKind;
    for (const auto kind : {Malformed, Refused, NotFound, Full, Throttled, Internal}) {
        this->inbox_.answer_with(RecordingInbox::Answer::Refuse, kind);
        EXPECT_EQ(this->subject_.exchange(this->status()), std::nullopt) << text_of(kind);
    }
    this->inbox_.answer_with(RecordingInbox::Answer::Echo);
    EXPECT_EQ(this->subject_.exchange(this->status()), this->status());
}

TYPED_TEST_P(TransportContract, keeps_apart_what_comes_at_once) {
    std::atomic<int> wrong{0};
    std::vector<std::thread> clients;
    for (int client = 0; client < 4; ++client) {
        clients.emplace_back([&, client] {
            for (int i = 0; i < 10; ++i) {
                const auto own = this->status(100 * client + i);
                if (this->subject_.exchange(own) != own) ++wrong;
            }
        });
    }
    for (auto& client : clients) client.join();
    EXPECT_EQ(wrong, 0);
    EXPECT_EQ(this->inbox_.count(), 40U);
}

TYPED_TEST_P(TransportContract, submits_nothing_after_its_stop) {
    EXPECT_EQ(this->subject_.exchange(this->status()), this->status());
    this->transport_->try_stop();
    EXPECT_EQ(this->subject_.exchange(this->status()), std::nullopt);
    EXPECT_EQ(this->inbox_.count(), 1U);
}

TYPED_TEST_P(TransportContract, ignores_a_command_that_comes_after_its_stop) {
    this->inbox_.answer_with(RecordingInbox::Answer::Later);
    auto answer = this->exchange_aside();
    const auto reply = this->inbox_.take_reply();
    ASSERT_NE(reply, nullptr);
    this->transport_->try_stop();
    reply->send(this->status(7));
    reply->refuse(ErrorKind::Full);
    EXPECT_EQ(answer.get(), std::nullopt);
}

TYPED_TEST_P(TransportContract, bears_a_handle_that_is_dropped_unanswered) {
    this->inbox_.answer_with(RecordingInbox::Answer::Later);
    auto answer = this->exchange_aside();
    EXPECT_NE(this->inbox_.take_reply(), nullptr);
    EXPECT_EQ(answer.get(), std::nullopt);
}

REGISTER_TYPED_TEST_SUITE_P(TransportContract, carries_a_status_in_and_its_command_out,
                            carries_a_command_that_comes_later, sends_only_the_first_answer,
                            gives_no_command_after_a_refusal_and_goes_on,
                            keeps_apart_what_comes_at_once, submits_nothing_after_its_stop,
                            ignores_a_command_that_comes_after_its_stop,
                            bears_a_handle_that_is_dropped_unanswered);

}  // namespace ajour::sdk::contract
