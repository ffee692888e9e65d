// SPDX-License-Identifier: Apache-2.0
#include "turn_reply.hpp"

#include "endpoint.hpp"

#include <atomic>
#include <utility>

namespace ajour::coap {
namespace {

/// Carries an answer to the endpoint's thread. The endpoint need not be there any more.
class LateReply final : public sdk::Reply {
public:
    LateReply(std::shared_ptr<LateAnswers> answers, std::uint64_t exchange) noexcept
        : answers_(std::move(answers)), exchange_(exchange) {}

    /// A turn that is dropped without an answer must not keep its device waiting.
    ~LateReply() override { refuse(sdk::ErrorKind::Internal); }

    void send(sdk::ByteView command) noexcept override try {
        if (is_first()) answers_->push(exchange_, sdk::Bytes(command.begin(), command.end()));
    } catch (...) {  // without memory the exchange's own deadline answers
    }

    void refuse(sdk::ErrorKind kind) noexcept override try {
        if (is_first()) answers_->push(exchange_, kind);
    } catch (...) {
    }

    std::unique_ptr<sdk::Reply> later() noexcept override { return nullptr; }

private:
    bool is_first() noexcept { return !used_.test_and_set(); }

    const std::shared_ptr<LateAnswers> answers_;
    const std::uint64_t exchange_;
    std::atomic_flag used_ = ATOMIC_FLAG_INIT;
};

}  // namespace

void TurnReply::send(sdk::ByteView command) noexcept {
    if (fate_ != Fate::Unanswered) return;
    fate_ = Fate::Answered;
    endpoint_.send(turn_, command);
}

void TurnReply::refuse(sdk::ErrorKind kind) noexcept {
    if (fate_ != Fate::Unanswered) return;
    fate_ = Fate::Answered;
    endpoint_.refuse(turn_, kind);
}

std::unique_ptr<sdk::Reply> TurnReply::later() noexcept try {
    if (fate_ != Fate::Unanswered) return nullptr;
    const auto exchange = endpoint_.defer(turn_);
    fate_ = exchange ? Fate::Deferred : Fate::Full;
    if (!exchange) return nullptr;
    exchange_ = *exchange;
    return std::make_unique<LateReply>(endpoint_.late_answers(), *exchange);
} catch (...) {
    return nullptr;
}

}  // namespace ajour::coap
