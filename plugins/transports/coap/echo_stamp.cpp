// SPDX-License-Identifier: Apache-2.0
#include "echo_stamp.hpp"

#include "number.hpp"

namespace ajour::coap {
namespace {

constexpr std::size_t time_bytes = 4;

std::uint32_t second_of(EchoStamp::Time time) noexcept {
    return static_cast<std::uint32_t>(
        std::chrono::duration_cast<std::chrono::seconds>(time).count());
}

}  // namespace

EchoStamp::Value EchoStamp::value_for(const Peer& peer, Time now) const noexcept {
    return value_of(peer, second_of(now));
}

/// In a time that does not depend on where the values differ.
bool EchoStamp::proves(sdk::ByteView value, const Peer& peer, Time now) const noexcept {
    if (value.size() != Value().size()) return false;
    const auto second = *number_of(value.first(time_bytes));
    const auto expected = value_of(peer, second);
    unsigned difference = 0;
    for (std::size_t i = 0; i < expected.size(); ++i) difference |= expected[i] ^ value[i];
    const auto age = static_cast<std::int64_t>(second_of(now)) - second;
    return difference == 0 && age >= 0 && std::chrono::seconds(age) <= lifetime_;
}

EchoStamp::Value EchoStamp::value_of(const Peer& peer, std::uint32_t second) const noexcept {
    SipHash hash(key_);
    peer.add_to(hash);
    const auto tag = hash.add(std::uint64_t{second}).finish();
    Value value{};
    for (std::size_t i = 0; i < value.size(); ++i) {
        const auto shift = i < time_bytes ? 8 * (time_bytes - 1 - i) : 8 * (i - time_bytes);
        const auto word = i < time_bytes ? std::uint64_t{second} : tag;
        value[i] = static_cast<std::uint8_t>(word >> shift & 0xffU);
    }
    return value;
}

}  // namespace ajour::coap
