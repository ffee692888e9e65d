// SPDX-License-Identifier: Apache-2.0
#include "turn_reply.hpp"

#include "connection.hpp"
#include "loop.hpp"

#include <atomic>
#include <utility>

namespace ajour::http {
namespace {

/// Carries an answer to the connection's thread. Neither connection nor loop need still be there.
class LateReply final : public sdk::Reply {
public:
    LateReply(Connection& connection, std::uint64_t turn)
        : loop_(connection.loop().shared_from_this()),
          connection_(connection.weak_from_this()),
          turn_(turn) {}

    /// A turn that is dropped without an answer must not keep its device waiting.
    ~LateReply() override { refuse(sdk::ErrorKind::Internal); }

    void send(sdk::ByteView command) noexcept override {
        if (!is_first()) return;
        try {
            answer(
                [bytes = sdk::Bytes(command.begin(), command.end())](
                    Connection& connection, std::uint64_t turn) { connection.send(turn, bytes); });
        } catch (...) {  // without memory the connection's own deadline answers
        }
    }

    void refuse(sdk::ErrorKind kind) noexcept override {
        if (!is_first()) return;
        try {
            answer([kind](Connection& connection, std::uint64_t turn) {
                connection.refuse(turn, kind);
            });
        } catch (...) {
        }
    }

    std::unique_ptr<sdk::Reply> later() noexcept override { return nullptr; }

private:
    bool is_first() noexcept { return !used_.test_and_set() && !loop_->has_ended(); }

    template <typename Call>
    void answer(Call call) {
        loop_->post([connection = connection_, turn = turn_, call = std::move(call)] {
            if (const auto open = connection.lock()) {
                call(*open, turn);
                open->go_on();
            }
        });
    }

    const std::shared_ptr<Loop> loop_;
    const std::weak_ptr<Connection> connection_;
    const std::uint64_t turn_;
    std::atomic_flag used_ = ATOMIC_FLAG_INIT;
};

}  // namespace

void TurnReply::send(sdk::ByteView command) noexcept {
    if (std::exchange(answered_, true) || deferred_) return;
    connection_.send(turn_, command);
}

void TurnReply::refuse(sdk::ErrorKind kind) noexcept {
    if (std::exchange(answered_, true) || deferred_) return;
    connection_.refuse(turn_, kind);
}

std::unique_ptr<sdk::Reply> TurnReply::later() noexcept try {
    if (answered_ || deferred_) return nullptr;
    auto reply = std::make_unique<LateReply>(connection_, turn_);
    deferred_ = true;
    return reply;
} catch (...) {
    return nullptr;
}

}  // namespace ajour::http
