// SPDX-License-Identifier: Apache-2.0
#include "writers.hpp"

#include <ajour/sdk/guard.hpp>

#include <algorithm>

namespace ajour::drogue_registry {

using sdk::ErrorKind;
using sdk::Result;
using Clock = std::chrono::steady_clock;

namespace {

constexpr std::chrono::milliseconds retry_min{1'000};

}  // namespace

Writers::Writers(const Parts& parts, std::size_t count) : parts_(parts) {
    for (std::size_t i = 0; i < count; ++i) threads_.emplace_back([this] { run(); });
}

void Writers::stop(std::chrono::milliseconds patience) {
    if (threads_.empty()) return;
    parts_.outbox.close();
    parts_.outbox.await_empty(Clock::now() + patience);
    parts_.cloud.stop();
    for (auto& thread : threads_) thread.join();
    threads_.clear();
}

void Writers::run() noexcept {
    while (const auto report = parts_.outbox.next()) write(*report);
}

void Writers::write(const sdk::Report& report) {
    if (const auto left = parts_.cloud.pause_left(); left > left.zero()) {
        return parts_.outbox.again(report, Clock::now() + left);
    }
    const auto done = sdk::guarded([&] { return parts_.writer.write(report); });
    if (done) return parts_.outbox.written(report, Clock::now());
    const auto& failure = done.error();
    if (failure.kind == ErrorKind::NotFound) return parts_.outbox.gone(report.device);
    parts_.host.log(sdk::LogLevel::Warning,
                    "writing the status of " + report.device.text() + ": " + failure.text);
    if (failure.kind == ErrorKind::Malformed) {
        parts_.metrics.statuses_rejected.add();
        return parts_.outbox.written(report, Clock::now());
    }
    parts_.outbox.again(report, Clock::now() + std::max(retry_min, parts_.cloud.pause_left()));
}

}  // namespace ajour::drogue_registry
