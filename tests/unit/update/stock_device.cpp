// SPDX-License-Identifier: Apache-2.0
#include "unit/update/stock_device.hpp"

#include <algorithm>

namespace ajour::update {

namespace {

constexpr std::uint8_t erased = 0xff;

}  // namespace

Claim StockDevice::claim() const {
    Claim claim;
    claim.running = running_;
    claim.mtu = mtu_;
    if (!next_version_) return claim;
    claim.writing = *next_version_;
    claim.offset = next_offset_;
    return claim;
}

bool StockDevice::write(std::string_view version, std::uint32_t offset,
                        const std::vector<std::uint8_t>& data) {
    if (offset == 0) {
        next_version_ = version;
        std::fill(flash_.begin(), flash_.end(), erased);
    }
    if (offset != next_offset_) return false;
    if (flash_.size() < offset + data.size()) flash_.resize(offset + data.size(), erased);
    std::copy(data.begin(), data.end(), flash_.begin() + offset);
    next_offset_ += static_cast<std::uint32_t>(data.size());
    return true;
}

void StockDevice::swap(std::string_view version) {
    booted_.assign(flash_.begin(), flash_.begin() + next_offset_);
    running_ = version;
    reboot();
}

void StockDevice::reboot() {
    next_version_.reset();
    next_offset_ = 0;
    flash_.clear();
}

}  // namespace ajour::update
