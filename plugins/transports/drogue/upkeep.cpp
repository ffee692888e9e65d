// SPDX-License-Identifier: Apache-2.0
#include "upkeep.hpp"

#include <algorithm>
#include <string>

namespace ajour::drogue {
namespace {

using std::chrono::milliseconds;

constexpr milliseconds shortest{100};
constexpr milliseconds longest{std::chrono::minutes(10)};

}  // namespace

milliseconds Upkeep::interval() {
    if (retry_ > milliseconds::zero()) return retry_;
    auto next = Clock::now() + longest;
    if (service_.lists) next = std::min(next, list_due_);
    if (const auto due = service_.access.due()) next = std::min(next, *due);
    const auto left = std::chrono::ceil<milliseconds>(next - Clock::now());
    return std::clamp(left, shortest, longest);
}

sdk::Result<void> Upkeep::tend() {
    const auto due = service_.access.due();
    sdk::Result<void> done;
    if (due && *due <= Clock::now()) done = get_token();
    if (done && service_.lists && list_due_ <= Clock::now()) done = list_applications();
    retry_ = done ? milliseconds::zero() : backoff_.next(0.5);
    if (done) backoff_.reset();
    return done;
}

sdk::Result<void> Upkeep::get_token() {
    const auto begin = Clock::now();
    auto token = service_.api.token();
    if (!token) {
        service_.metrics.token_failures.add();
        return token.error().in("getting an access token");
    }
    service_.access.keep(std::move(*token), begin);
    service_.metrics.tokens.add();
    return {};
}

sdk::Result<void> Upkeep::list_applications() {
    auto names = service_.api.applications();
    if (!names) {
        service_.metrics.application_failures.add();
        return names.error().in("listing the applications");
    }
    if (names->size() > service_.applications_max) {
        service_.host.log(sdk::LogLevel::Warning, "there are " + std::to_string(names->size()) +
                                                      " applications, of which the first " +
                                                      std::to_string(service_.applications_max) +
                                                      " are served (applications.max)");
        names->resize(service_.applications_max);
    }
    service_.applications.set(std::move(*names));
    list_due_ = Clock::now() + service_.refresh;
    return {};
}

}  // namespace ajour::drogue
