// SPDX-License-Identifier: Apache-2.0
#include "address_shares.hpp"

#include <algorithm>

namespace ajour::sender {

Address network_of(const Address& address) noexcept {
    constexpr Address mapped{0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0xff, 0xff};
    constexpr std::size_t prefix_of_ipv4 = 12, prefix_of_ipv6 = 8;
    if (std::equal(mapped.begin(), mapped.begin() + prefix_of_ipv4, address.begin())) {
        return address;
    }
    Address network{};
    std::copy_n(address.begin(), prefix_of_ipv6, network.begin());
    return network;
}

AddressShares::AddressShares(std::size_t places, unsigned percent) noexcept
    : plenty_(places - places / 4),
      share_(percent >= 100 ? places : std::max<std::size_t>(1, places * percent / 100)) {}

bool AddressShares::may_take(const Address& address) const {
    if (taken_ < plenty_) return true;
    const auto found = held_.find(network_of(address));
    return found == held_.end() || found->second < share_;
}

void AddressShares::take(const Address& address) {
    ++held_[network_of(address)];
    ++taken_;
}

void AddressShares::give_back(const Address& address) noexcept {
    const auto found = held_.find(network_of(address));
    if (found == held_.end()) return;
    --taken_;
    if (--found->second == 0) held_.erase(found);
}

}  // namespace ajour::sender
