// SPDX-License-Identifier: Apache-2.0
#include "app/watchdog.hpp"

#include <unistd.h>

#include <utility>

namespace ajour::app {

Watchdog::Watchdog(std::chrono::milliseconds deadline, std::function<void()> last_words)
    : thread_(
          [this, deadline, last_words = std::move(last_words)](const std::stop_token& stopping) {
              std::unique_lock lock(mutex_);
              wake_.wait_for(lock, stopping, deadline, [] { return false; });
              if (stopping.stop_requested()) return;
              last_words();
              ::_exit(1);
          }) {}

}  // namespace ajour::app
