// SPDX-License-Identifier: Apache-2.0
#include "learnt_rooms.hpp"

#include <algorithm>

namespace ajour::lorawan {
namespace {

constexpr std::uint32_t enough_refusals = 2;
constexpr std::uint32_t least_room = 11;  // of any data rate; below there are commands in the way

}  // namespace

bool LearntRooms::refused(const std::string& address, const lora::Window& window,
                          std::uint32_t room) {
    if (room < least_room || room >= window.bytes) return false;
    if (learnt_.size() >= most_ && !learnt_.contains(address)) learnt_.erase(learnt_.begin());
    auto& learnt = learnt_[address];
    if (learnt.refused == 0 || !learnt.window.is_alike(window)) learnt = {window, 0, 0};
    learnt.window.bytes = std::min(learnt.window.bytes, room);
    if (++learnt.refused < enough_refusals) return false;
    learnt.left = uplinks;
    return true;
}

void LearntRooms::sent(const std::string& address) {
    const auto found = learnt_.find(address);
    if (found != learnt_.end() && found->second.left == 0) learnt_.erase(found);
}

std::uint32_t LearntRooms::room(const std::string& address, const lora::Window& window) {
    const auto found = learnt_.find(address);
    if (found == learnt_.end()) return window.bytes;
    auto& learnt = found->second;
    if (learnt.left == 0 || !learnt.window.is_alike(window)) return window.bytes;
    const auto bytes = std::min(learnt.window.bytes, window.bytes);
    if (--learnt.left == 0) learnt_.erase(found);
    return bytes;
}

}  // namespace ajour::lorawan
