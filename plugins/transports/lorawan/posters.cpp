// SPDX-License-Identifier: Apache-2.0
#include "posters.hpp"

#include <pthread.h>

#include <csignal>
#include <utility>

namespace ajour::lorawan {
namespace {

void block_signals() {
    sigset_t all;
    sigfillset(&all);
    pthread_sigmask(SIG_BLOCK, &all, nullptr);
}

bool is_success(int status) noexcept {
    return status >= 200 && status < 300;
}

/// Of a downlink that the server's API did not take.
Fate refused(std::string address, int status) {
    Fate fate;
    fate.kind = Fate::Kind::Dropped;
    fate.address = std::move(address);
    fate.words = "its API answered " + std::to_string(status);
    return fate;
}

}  // namespace

Posters::Posters(const PosterSettings& settings, std::shared_ptr<PostQueue> queue,
                 std::shared_ptr<Downlinks> downlinks, Metrics& metrics, sdk::Host& host)
    : settings_(settings),
      queue_(std::move(queue)),
      downlinks_(std::move(downlinks)),
      metrics_(metrics),
      host_(host),
      client_(settings.http) {
    for (std::size_t i = 0; i < settings.threads; ++i) threads_.emplace_back([this] { run(); });
}

Posters::~Posters() {
    queue_->end();
    client_.stop();
    for (auto& thread : threads_) thread.join();
}

void Posters::run() noexcept {
    block_signals();
    while (auto letter = queue_->next()) {
        try {
            post(std::move(*letter));
        } catch (...) {  // without memory its device asks again
            metrics_.posts_failed.add();
        }
    }
}

void Posters::post(Letter letter) {
    http_client::Request request;
    request.method = "POST";
    request.url = std::move(letter.target);
    request.headers = {{"Content-Type", "application/json"}};
    request.authorization = "Bearer " + settings_.key;
    request.body = std::move(letter.body);
    const auto answer = client_.send(request);
    if (answer && is_success(answer->status)) {
        metrics_.commands.add();
        return metrics_.posts_accepted.add();
    }
    metrics_.posts_failed.add();
    if (answer) downlinks_->settle(refused(std::move(letter.address), answer->status));
    host_.log(
        sdk::LogLevel::Warning,
        "posting a downlink: " +
            (answer ? answer->url + " answered " + std::to_string(answer->status) + ", expected 200"
                    : answer.error().text));
}

}  // namespace ajour::lorawan
