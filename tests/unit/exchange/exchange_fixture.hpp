// SPDX-License-Identifier: Apache-2.0
// One device, app/dev, that runs 1 and should run 2.
#pragma once

#include "support/engine.hpp"

#include <gtest/gtest.h>

namespace ajour::exchange {

using Kind = support::ReceivedCommand::Kind;

class ExchangeTest : public testing::Test {
protected:
    explicit ExchangeTest(const support::EngineLimits& limits = {}) : engine(limits) {}

    void SetUp() override {
        engine.registry.put_device(device);
        engine.source.offer("\"main\"", "2", image);
    }
    support::ReceivedCommand ask() { return engine.ask(device, {"1", 512, {}, {}, 0}); }
    support::ReceivedCommand ask_at(std::uint32_t offset, const std::string& writing = "2") {
        return engine.ask(device, {"1", 512, {}, writing, offset});
    }
    sdk::ErrorKind refusal(const support::RecordingReply& reply) {
        EXPECT_TRUE(reply.await_answer());
        return reply.answer().refusal.value_or(sdk::ErrorKind::Timeout);
    }
    static std::string slice(const sdk::Bytes& bytes, std::size_t offset, std::size_t length) {
        return std::string(sdk::text_of(sdk::ByteView(bytes).subspan(offset, length)));
    }
    static std::string text(const sdk::Bytes& bytes) { return std::string(sdk::text_of(bytes)); }

    const sdk::DeviceId device{"app", "dev"};
    const support::DeviceStatus first{"1", 512, {}, {}, 0};
    const sdk::Bytes image = support::sample_image(4000);
    support::Engine engine;
};

}  // namespace ajour::exchange
