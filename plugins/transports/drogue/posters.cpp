// SPDX-License-Identifier: Apache-2.0
#include "posters.hpp"

#include <pthread.h>

#include <algorithm>
#include <chrono>
#include <csignal>
#include <ctime>
#include <string>
#include <utility>

namespace ajour::drogue {
namespace {

constexpr std::uint32_t longest_pause_seconds = 5;

void block_signals() {
    sigset_t all;
    sigfillset(&all);
    pthread_sigmask(SIG_BLOCK, &all, nullptr);
}

std::chrono::seconds pause_after(const http_client::Response& answer) {
    const auto asked = http_client::retry_after(answer, std::time(nullptr));
    return std::chrono::seconds(std::clamp(asked, 1U, longest_pause_seconds));
}

}  // namespace

Posters::Posters(std::shared_ptr<PostQueue> queue, CloudApi& api, Metrics& metrics, sdk::Host& host,
                 std::size_t threads)
    : queue_(std::move(queue)), api_(api), metrics_(metrics), host_(host) {
    for (std::size_t i = 0; i < threads; ++i) threads_.emplace_back([this] { run(); });
}

Posters::~Posters() {
    queue_->end();
    for (auto& thread : threads_) thread.join();
}

void Posters::run() noexcept {
    block_signals();
    while (const auto post = queue_->pop()) {
        try {
            deliver(*post);
        } catch (...) {  // without memory its device asks again
            metrics_.posts_failed.add();
        }
    }
}

void Posters::deliver(const Post& post) {
    auto answer = api_.post(post);
    if (answer && outcome_of(answer->status) == PostOutcome::Busy) {
        if (!queue_->pause(pause_after(*answer))) return;
        metrics_.posts_repeated.add();
        answer = api_.post(post);
    }
    if (answer) return count(outcome_of(answer->status), post, answer->status);
    metrics_.posts_failed.add();
    host_.log(sdk::LogLevel::Warning, "posting a command: " + answer.error().text);
}

void Posters::count(PostOutcome outcome, const Post& post, int status) {
    switch (outcome) {
        case PostOutcome::Accepted:
            metrics_.commands.add();
            return metrics_.posts_accepted.add();
        case PostOutcome::Rejected:
            metrics_.posts_rejected.add();
            break;
        case PostOutcome::Denied:
            metrics_.posts_denied.add();
            break;
        case PostOutcome::Busy:
            metrics_.posts_busy.add();
            break;
        case PostOutcome::Failed:
            metrics_.posts_failed.add();
            break;
    }
    host_.log(sdk::LogLevel::Warning, "the cloud answered " + std::to_string(status) +
                                          " to a command for " + post.application + "/" +
                                          post.device);
}

}  // namespace ajour::drogue
