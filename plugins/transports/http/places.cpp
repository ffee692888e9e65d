// SPDX-License-Identifier: Apache-2.0
#include "places.hpp"

namespace ajour::http {

std::optional<Place> Places::take(const sender::Address& address, Refusal& refusal) {
    const std::lock_guard lock(mutex_);
    const bool is_full = taken_ >= places_;
    if (is_full || !shares_.may_take(address)) {
        refusal = is_full ? Refusal::Full : Refusal::OverShare;
        return std::nullopt;
    }
    shares_.take(address);
    ++taken_;
    taken_metric_.add(1);
    return Place(shared_from_this(), address);
}

void Places::give_back(const sender::Address& address) noexcept {
    const std::lock_guard lock(mutex_);
    shares_.give_back(address);
    --taken_;
    taken_metric_.add(-1);
}

}  // namespace ajour::http
