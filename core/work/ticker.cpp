// SPDX-License-Identifier: Apache-2.0
#include "work/ticker.hpp"

#include <utility>

namespace ajour::work {

Ticker::Ticker(std::chrono::milliseconds interval, std::function<void()> tick)
    : thread_([this, interval, tick = std::move(tick)](const std::stop_token& stopping) {
          std::unique_lock lock(mutex_);
          while (!wake_.wait_for(lock, stopping, interval,
                                 [&] { return stopping.stop_requested(); })) {
              lock.unlock();
              tick();
              lock.lock();
          }
      }) {}

void Ticker::stop() {
    if (!thread_.joinable()) return;
    thread_.request_stop();
    thread_.join();
}

}  // namespace ajour::work
