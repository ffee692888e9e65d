// SPDX-License-Identifier: Apache-2.0
#include "turn_reply.hpp"

#include <atomic>
#include <utility>

namespace ajour::mqtt_client {
namespace {

/// Carries an answer to the network thread, which need not be there any more. A device that gets
/// none asks again.
class LateReply final : public sdk::Reply {
public:
    LateReply(Outlet& outlet, const std::string& topic, sdk::ByteView correlation)
        : outbox_(outlet.outbox()),
          refusals_(outlet.refusals()),
          command_{topic, {}, {correlation.begin(), correlation.end()}} {}

    void send(sdk::ByteView command) noexcept override {
        if (used_.test_and_set()) return;
        try {
            command_.payload.assign(command.begin(), command.end());
        } catch (...) {
            return;
        }
        outbox_->push(std::move(command_));
    }

    void refuse(sdk::ErrorKind) noexcept override {
        if (!used_.test_and_set()) refusals_.add();
    }

    std::unique_ptr<sdk::Reply> later() noexcept override { return nullptr; }

private:
    const std::shared_ptr<Outbox> outbox_;
    sdk::Metric& refusals_;  // the host's, which outlives its replies
    Command command_;
    std::atomic_flag used_ = ATOMIC_FLAG_INIT;
};

}  // namespace

void TurnReply::send(sdk::ByteView command) noexcept {
    if (std::exchange(used_, true)) return;
    outlet_.answer({topic_, command, correlation_});
}

void TurnReply::refuse(sdk::ErrorKind) noexcept {
    if (std::exchange(used_, true)) return;
    outlet_.refusals().add();
}

std::unique_ptr<sdk::Reply> TurnReply::later() noexcept try {
    if (used_) return nullptr;
    auto reply = std::make_unique<LateReply>(outlet_, topic_, correlation_);
    used_ = true;
    return reply;
} catch (...) {
    return nullptr;
}

}  // namespace ajour::mqtt_client
