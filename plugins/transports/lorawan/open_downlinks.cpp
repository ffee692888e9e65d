// SPDX-License-Identifier: Apache-2.0
#include "open_downlinks.hpp"

namespace ajour::lorawan {
namespace {

/// Others may send downlinks to the device too.
bool is_of(const Fate& fate, const OpenDownlink& downlink) noexcept {
    return fate.port.value_or(downlink.port) == downlink.port &&
           fate.bytes.value_or(downlink.bytes) == downlink.bytes;
}

}  // namespace

std::optional<OpenDownlink> OpenDownlinks::settle(const Fate& fate) {
    if (fate.kind == Fate::Kind::Other) return std::nullopt;
    const auto found = downlinks_.find(fate.address);
    if (found == downlinks_.end() || !is_of(fate, found->second)) return std::nullopt;
    if (fate.kind == Fate::Kind::Postponed) {
        found->second.waits = true;
        return found->second;
    }
    auto downlink = std::move(found->second);
    downlinks_.erase(found);
    return downlink;
}

}  // namespace ajour::lorawan
