// SPDX-License-Identifier: Apache-2.0
// How many places of a table each network address holds, so that no one address
// holds them all. Pure.
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <map>

namespace ajour::sender {

/// An address of IPv6; one of IPv4 as IPv6 has it (::ffff:192.0.2.1).
using Address = std::array<std::uint8_t, 16>;

/// What counts as one address: of IPv6 the first 64 bits, for who has one such
/// has them all.
Address network_of(const Address& address) noexcept;

/// Not for several threads at once.
class AddressShares {
public:
    /// `percent` of `places` is what one address may hold when three quarters of
    /// them are taken; 100: there is no such bound.
    AddressShares(std::size_t places, unsigned percent) noexcept;

    /// Whether one more is within the address's share. As long as there is room,
    /// each is: behind one address there may be many devices.
    bool may_take(const Address& address) const;
    void take(const Address& address);
    void give_back(const Address& address) noexcept;

private:
    const std::size_t plenty_;  ///< as long as fewer are taken, there is room
    const std::size_t share_;
    std::size_t taken_ = 0;
    std::map<Address, std::size_t> held_;  ///< by network; none that holds nothing
};

}  // namespace ajour::sender
