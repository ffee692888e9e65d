// SPDX-License-Identifier: Apache-2.0
#include "feed.hpp"

#include <string_view>
#include <utility>

namespace ajour::drogue {
namespace {

constexpr std::string_view topic_begin = "app/";
constexpr std::chrono::milliseconds between_looks{1000};

/// A user or a password alone is taken for a token of the provider's; 3.1.1 has no password without
/// a user.
mqtt_client::Login login_of(const drogue_access::Proof& proof, bool speaks_version_5) {
    if (!proof.is_bearer() || speaks_version_5) return {proof.user, proof.token};
    return {proof.token, {}};
}

}  // namespace

sdk::Result<mqtt_client::Wishes> Feed::wishes() {
    const auto& settings = service_.settings;
    const auto proof = service_.access.known();
    shown_ = proof ? *proof : drogue_access::Proof();
    if (!proof) return proof.error();
    mqtt_client::Wishes wishes;
    wishes.login = login_of(shown_, settings.speaks_version_5);
    wishes.every_filter = false;
    wishes.user_properties = settings.binary;
    if (settings.binary) wishes.subscription = {{"content-mode", "binary"}};
    wishes.filters = filters();
    subscriptions_.restart(wishes.filters);
    service_.metrics.applications_refused.set(0);
    return wishes;
}

std::vector<std::string> Feed::filters() const {
    const auto& group = service_.settings.group;
    const auto begin = (group.empty() ? "" : "$share/" + group + "/") + std::string(topic_begin);
    auto filters = service_.applications.names();
    for (auto& filter : filters) filter.insert(0, begin);
    service_.metrics.applications.set(static_cast<std::int64_t>(filters.size()));
    return filters;
}

void Feed::login_refused() {
    service_.access.forget(shown_);
}

/// When there is another token than the last connection was asked for with.
bool Feed::is_due() noexcept try {
    const auto proof = service_.access.known();
    return proof && *proof != shown_;
} catch (...) {  // without memory it waits
    return false;
}

void Feed::arrived(const mqtt_client::Incoming& message) {
    auto application = message.topic;
    if (!application.starts_with(topic_begin)) return service_.metrics.events_other.add();
    application.remove_prefix(topic_begin.size());
    service_.statuses.take(application, message);
}

void Feed::not_granted(const std::string& filter, const std::string& why) {
    subscriptions_.not_granted(filter, Clock::now());
    service_.metrics.applications_refused.set(static_cast<std::int64_t>(subscriptions_.refused()));
    service_.host.log(sdk::LogLevel::Warning,
                      "the cloud refuses the subscription to " + filter + ": " + why);
}

void Feed::acknowledged(const std::string& topic, const char* refusal) {
    if (refusal == nullptr) return service_.suspects.acquit(topic);
    service_.host.log(sdk::LogLevel::Warning, "the cloud refuses " + topic + ": " + refusal);
}

/// Without applications nothing is subscribed to, and what devices say meanwhile is lost.
std::string Feed::trouble() {
    return service_.applications.are_known() ? "" : "the applications are not listed yet";
}

void Feed::turned(mqtt_client::Session& session) {
    const auto now = Clock::now();
    const bool were_known = std::exchange(knew_, service_.applications.are_known());
    if (were_known && now < looks_again_) return;
    looks_again_ = now + between_looks;
    change(session);
}

void Feed::change(mqtt_client::Session& session) {
    const auto change = subscriptions_.change_to(filters(), Clock::now());
    for (const auto& filter : change.end) (void)session.unsubscribe(filter);
    for (const auto& filter : change.begin) (void)session.subscribe(filter);
    service_.metrics.applications_refused.set(static_cast<std::int64_t>(subscriptions_.refused()));
}

void Feed::lost(const std::vector<std::string>& topics) noexcept try {
    service_.suspects.accuse(topics, Clock::now());
} catch (...) {  // without memory nobody is suspected
}

}  // namespace ajour::drogue
