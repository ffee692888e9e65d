// SPDX-License-Identifier: Apache-2.0
#include "http_delivery.hpp"

#include <algorithm>
#include <atomic>
#include <utility>

namespace ajour::drogue {
namespace {

/// One and the same for an answer at once and a later one: both wait in the queue.
class PostReply final : public sdk::Reply {
public:
    PostReply(std::shared_ptr<PostQueue> queue, sdk::Metric& refusals, Post post)
        : queue_(std::move(queue)), refusals_(refusals), post_(std::move(post)) {}

    void send(sdk::ByteView command) noexcept override {
        if (used_.test_and_set()) return;
        try {
            post_.payload = sdk::text_of(command);
        } catch (...) {
            return;
        }
        queue_->push(std::move(post_));
    }

    void refuse(sdk::ErrorKind) noexcept override {
        if (!used_.test_and_set()) refusals_.add();
    }

    std::unique_ptr<sdk::Reply> later() noexcept override try {
        if (used_.test()) return nullptr;
        auto reply = std::make_unique<PostReply>(queue_, refusals_, post_);
        used_.test_and_set();
        return reply;
    } catch (...) {
        return nullptr;
    }

private:
    const std::shared_ptr<PostQueue> queue_;
    sdk::Metric& refusals_;  // the host's, which outlives its replies
    Post post_;
    std::atomic_flag used_ = ATOMIC_FLAG_INIT;
};

}  // namespace

void HttpDelivery::submit(sdk::Message& status, const Address& address, sdk::Inbox& inbox) {
    status.room = status.room == 0 ? service_.room : std::min(status.room, service_.room);
    PostReply reply(service_.queue, service_.metrics.refusals,
                    {std::string(address.application),
                     std::string(address.device),
                     std::string(address.command),
                     {}});
    inbox.submit(status, reply);
}

}  // namespace ajour::drogue
