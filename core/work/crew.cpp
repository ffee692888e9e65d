// SPDX-License-Identifier: Apache-2.0
#include "work/crew.hpp"

#include <pthread.h>

#include <utility>

namespace ajour::work {

Crew::Crew(std::string name, std::size_t threads, std::size_t queue_max)
    : name_(std::move(name)), queue_max_(queue_max) {
    name_.resize(
        std::min<std::size_t>(name_.size(), 15));  // what the kernel shows of a thread's name
    threads_.reserve(threads);
    for (std::size_t i = 0; i < threads; ++i) {
        threads_.emplace_back([this](const std::stop_token& stopping) { run(stopping); });
    }
}

Crew::~Crew() {
    stop();
}

bool Crew::post(std::function<void()> task) {
    {
        const std::lock_guard lock(mutex_);
        if (stopped_ || queue_.size() >= queue_max_) return false;
        queue_.push_back(std::move(task));
    }
    wake_.notify_one();
    return true;
}

std::size_t Crew::waiting() const {
    const std::lock_guard lock(mutex_);
    return queue_.size();
}

void Crew::stop() {
    std::deque<std::function<void()>> dropped;
    {
        const std::lock_guard lock(mutex_);
        stopped_ = true;
        dropped.swap(queue_);
    }
    threads_.clear();
}

void Crew::run(const std::stop_token& stopping) {
    pthread_setname_np(pthread_self(), name_.c_str());
    while (true) {
        std::function<void()> task;
        {
            std::unique_lock lock(mutex_);
            if (!wake_.wait(lock, stopping, [this] { return !queue_.empty(); })) return;
            task = std::move(queue_.front());
            queue_.pop_front();
        }
        task();
    }
}

}  // namespace ajour::work
