// SPDX-License-Identifier: Apache-2.0
#include "pace.hpp"

#include <algorithm>
#include <random>

namespace ajour::hawkbit {

namespace {

constexpr std::chrono::seconds FirstRetry{2}, LongestRetry{300}, AwakeFor{120};

std::chrono::seconds usual(const Controller& controller, const Options& options, Instant now) {
    if (controller.failures > 0) {
        const auto doublings = std::min(controller.failures - 1, 6U);
        return std::min(FirstRetry * (1 << doublings), LongestRetry);
    }
    const auto wanted = std::clamp(controller.sleep, options.poll_min, options.poll_max);
    return is_active(controller, now) ? std::min(wanted, options.poll_active) : wanted;
}

}  // namespace

bool is_active(const Controller& controller, Instant now) {
    const auto* action = controller.action.get();
    const bool awake = controller.heard_at != Instant{} && now < controller.heard_at + AwakeFor;
    return awake && action != nullptr && action->is_open();
}

std::chrono::milliseconds spread(std::chrono::milliseconds interval, int percent, double chance) {
    const auto cut = static_cast<double>(interval.count()) * percent / 100 * chance;
    return interval - std::chrono::milliseconds(static_cast<std::int64_t>(cut));
}

double chance() {
    thread_local std::minstd_rand random(std::random_device{}());
    return std::uniform_real_distribution<double>(0, 1)(random);
}

Instant next_visit(const Controller& controller, const Options& options, Instant now) {
    auto at = now + spread(usual(controller, options, now), options.poll_jitter, chance());
    if (controller.cancellation && !controller.cancellation->answered) {
        at = std::min(at, std::max(now, controller.cancellation->answer_at));
    }
    return at;
}

}  // namespace ajour::hawkbit
