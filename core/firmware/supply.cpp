// SPDX-License-Identifier: Apache-2.0
#include "firmware/supply.hpp"

#include <utility>

namespace ajour::firmware {

Supply::Supply(sdk::Target target, sdk::DeviceId device, std::map<std::string, std::string> labels)
    : target_(std::move(target)),
      device_(std::move(device)),
      labels_(std::move(labels)),
      standing_(std::make_shared<const Standing>()) {}

std::map<std::string, std::string> Supply::labels() const {
    const std::lock_guard lock(mutex_);
    return labels_;
}

bool Supply::take_labels(const std::map<std::string, std::string>& labels) {
    const std::lock_guard lock(mutex_);
    if (labels_ == labels) return false;
    labels_ = labels;
    return true;
}

std::shared_ptr<const Standing> Supply::standing() const {
    const std::lock_guard lock(mutex_);
    return standing_;
}

bool Supply::claim_renewal(work::Instant now) {
    const std::lock_guard lock(mutex_);
    if (renewing_ || now < fresh_until_) return false;
    renewing_ = true;
    expired_ = false;
    return true;
}

void Supply::settle(std::shared_ptr<const Standing> standing, work::Instant fresh_until) {
    std::vector<std::function<void()>> waiting;
    {
        const std::lock_guard lock(mutex_);
        standing_ = std::move(standing);
        fresh_until_ = expired_ ? work::Instant{} : fresh_until;
        renewing_ = false;
        waiting.swap(waiting_);
    }
    for (const auto& ready : waiting) ready();
}

void Supply::replace(std::shared_ptr<const Standing> standing) {
    const std::lock_guard lock(mutex_);
    standing_ = std::move(standing);
}

void Supply::expire() {
    const std::lock_guard lock(mutex_);
    fresh_until_ = {};
    expired_ = true;
}

std::unique_ptr<Partial> Supply::take_interrupted() {
    const std::lock_guard lock(mutex_);
    return renewing_ ? nullptr : std::move(leftover.partial);
}

bool Supply::when_settled(std::function<void()> ready, std::size_t waiting_max) {
    const std::lock_guard lock(mutex_);
    if (!renewing_ || waiting_.size() >= waiting_max) return false;
    waiting_.push_back(std::move(ready));
    return true;
}

}  // namespace ajour::firmware
