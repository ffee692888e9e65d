// SPDX-License-Identifier: Apache-2.0
// How an answer finds its way: the same at once and later, as both only go into a queue.
#pragma once

#include <ajour/sdk/transport.hpp>

#include "downlinks.hpp"

#include <atomic>
#include <memory>
#include <utility>

namespace ajour::lorawan {

class DownlinkReply final : public sdk::Reply {
public:
    DownlinkReply(std::shared_ptr<Downlinks> downlinks, std::shared_ptr<Courier> courier,
                  sdk::Metric& refusals, Answer answer)
        : downlinks_(std::move(downlinks)),
          courier_(std::move(courier)),
          refusals_(refusals),
          answer_(std::move(answer)) {}

    void send(sdk::ByteView command) noexcept override {
        if (!used_.test_and_set()) downlinks_->send(answer_, command, *courier_);
    }

    void refuse(sdk::ErrorKind) noexcept override {
        if (!used_.test_and_set()) refusals_.add();
    }

    std::unique_ptr<sdk::Reply> later() noexcept override try {
        if (used_.test()) return nullptr;
        auto reply = std::make_unique<DownlinkReply>(downlinks_, courier_, refusals_, answer_);
        used_.test_and_set();
        return reply;
    } catch (...) {
        return nullptr;
    }

private:
    const std::shared_ptr<Downlinks> downlinks_;
    const std::shared_ptr<Courier> courier_;
    sdk::Metric& refusals_;  // the host's, which outlives its replies
    const Answer answer_;
    std::atomic_flag used_ = ATOMIC_FLAG_INIT;
};

}  // namespace ajour::lorawan
