// SPDX-License-Identifier: Apache-2.0
// A reply that keeps the answer, also when it comes later, on another thread.
#pragma once

#include <ajour/sdk/transport.hpp>

#include "support/await.hpp"

#include <memory>
#include <mutex>
#include <optional>

namespace ajour::support {

class RecordingReply final : public sdk::Reply {
public:
    struct Answer {
        sdk::Bytes command;
        std::optional<sdk::ErrorKind> refusal;
    };

    void send(sdk::ByteView command) noexcept override {
        kept_->keep({{command.begin(), command.end()}, std::nullopt});
    }
    void refuse(sdk::ErrorKind kind) noexcept override { kept_->keep({{}, kind}); }
    std::unique_ptr<sdk::Reply> later() noexcept override {
        if (no_memory) return nullptr;
        auto handle = std::make_unique<RecordingReply>();
        handle->kept_ = kept_;
        parked_ = true;
        return handle;
    }

    bool is_parked() const { return parked_; }
    /// How many answers came; more than one is a fault.
    int count() const { return kept_->count(); }
    bool await_answer() const {
        return await([this] { return count() > 0; });
    }
    Answer answer() const { return kept_->answer(); }

    bool no_memory = false;

private:
    class Kept {
    public:
        void keep(Answer answer) {
            const std::lock_guard lock(mutex_);
            if (count_++ == 0) answer_ = std::move(answer);
        }
        int count() const {
            const std::lock_guard lock(mutex_);
            return count_;
        }
        Answer answer() const {
            const std::lock_guard lock(mutex_);
            return answer_;
        }

    private:
        mutable std::mutex mutex_;  // guards all below
        int count_ = 0;
        Answer answer_;
    };
    std::shared_ptr<Kept> kept_ = std::make_shared<Kept>();
    bool parked_ = false;
};

}  // namespace ajour::support
