// SPDX-License-Identifier: Apache-2.0
#include "upkeep.hpp"

#include <algorithm>
#include <string>

namespace ajour::drogue {
namespace {

using std::chrono::milliseconds;

constexpr milliseconds shortest{100};
constexpr milliseconds longest{std::chrono::minutes(10)};
constexpr milliseconds between_looks{1000};  // at whether a token was refused

}  // namespace

milliseconds Upkeep::interval() {
    if (retry_ > milliseconds::zero()) return retry_;
    if (has_to_find_server()) return shortest;
    auto next = Clock::now() + (service_.access.is_oidc() ? between_looks : longest);
    if (service_.lists) next = std::min(next, list_due_);
    if (const auto due = service_.access.due()) next = std::min(next, *due);
    const auto left = std::chrono::ceil<milliseconds>(next - Clock::now());
    return std::clamp(left, shortest, longest);
}

sdk::Result<void> Upkeep::tend() {
    const auto due = service_.access.due();
    auto done = find_server();
    if (done && due && *due <= Clock::now()) done = get_token();
    if (done && service_.lists && list_due_ <= Clock::now()) done = list_applications();
    retry_ = done ? milliseconds::zero() : backoff_.next(0.5);
    if (done) backoff_.reset();
    return done;
}

sdk::Result<void> Upkeep::find_server() {
    if (!has_to_find_server()) return {};
    auto found = service_.find_server();
    found_server_ = found.ok();
    return found;
}

sdk::Result<void> Upkeep::get_token() {
    const auto proof = service_.access.renew();
    (proof ? service_.metrics.tokens : service_.metrics.token_failures).add();
    return proof ? sdk::Result<void>() : proof.error();
}

sdk::Result<void> Upkeep::list_applications() {
    ApplicationList list(service_.list, service_.excluded);
    if (const auto read = read_pages(list); !read) {
        service_.metrics.application_failures.add();
        return read.error().in("listing the applications from number " +
                               std::to_string(list.offset() + 1) + " on");
    }
    if (list.is_cut()) {
        const auto most = std::to_string(service_.list.most);
        service_.host.log(sdk::LogLevel::Warning, "there are more than " + most +
                                                      " applications, of which the first " + most +
                                                      " are served (applications.max)");
    }
    service_.applications.set(list.names());
    list_due_ = Clock::now() + service_.refresh;
    return {};
}

sdk::Result<void> Upkeep::read_pages(ApplicationList& list) {
    for (bool more = true; more;) {
        const auto page = service_.api.applications(list.offset(), service_.list.page);
        if (!page) return page.error();
        more = list.take(*page);
    }
    return {};
}

}  // namespace ajour::drogue
