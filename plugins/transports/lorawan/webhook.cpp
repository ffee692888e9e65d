// SPDX-License-Identifier: Apache-2.0
#include "webhook.hpp"

#include "the_things_stack.hpp"

#include <string_view>
#include <utility>

namespace ajour::lorawan {
namespace {

constexpr std::string_view scheme = "Bearer ";

/// Takes as long wherever they differ.
bool is_equal(std::string_view left, std::string_view right) noexcept {
    if (left.size() != right.size()) return false;
    unsigned difference = 0;
    for (std::size_t i = 0; i < left.size(); ++i) {
        difference |= static_cast<unsigned char>(left[i]) ^ static_cast<unsigned char>(right[i]);
    }
    return difference == 0;
}

bool is_of_fates(std::string_view path) noexcept {
    return path == "/sent" || path == "/failed";
}

}  // namespace

void Webhook::start(std::shared_ptr<Uplinks> uplinks, std::shared_ptr<Courier> courier) {
    const std::lock_guard lock(mutex_);
    uplinks_ = std::move(uplinks);
    courier_ = std::move(courier);
}

void Webhook::stop() noexcept {
    const std::lock_guard lock(mutex_);
    uplinks_.reset();
    courier_.reset();
}

bool Webhook::is_trusted(const sdk::HookRequest& request) const {
    const auto found = request.headers.find("authorization");
    if (found == request.headers.end()) return false;
    std::string_view value = found->second;
    if (!value.starts_with(scheme)) return false;
    value.remove_prefix(scheme.size());
    return is_equal(value, settings_.secret);
}

sdk::Result<void> Webhook::receive(const sdk::HookRequest& request) {
    if (!settings_.is_used()) {
        return sdk::Error{sdk::ErrorKind::NotFound, "webhook.secret is not set"};
    }
    if (!is_trusted(request)) {
        metrics_.hooks_refused.add();
        return sdk::Error{sdk::ErrorKind::Refused, "it has not the webhook's secret"};
    }
    const std::lock_guard lock(mutex_);
    if (!uplinks_) return sdk::Error{sdk::ErrorKind::Unavailable, "the transport is stopped"};
    if (is_of_fates(request.path)) return settle(request.body);
    const auto uplink = read_things_uplink(request.body);
    uplinks_->take(uplink, courier_, [&](const Uplink& read) {
        return settings_.api + things_downlink_path(read, settings_.id);
    });
    if (!uplink) return uplink.error();
    return {};
}

sdk::Result<void> Webhook::settle(std::string_view body) {
    const auto fate = read_things_fate(body);
    uplinks_->downlinks().settle(fate);
    if (!fate) return fate.error();
    return {};
}

}  // namespace ajour::lorawan
