// SPDX-License-Identifier: Apache-2.0
#include "transfers.hpp"

namespace ajour::coap {

sdk::Bytes* Transfers::find(const Transfer& transfer, Time now) {
    const auto found = index_.find(transfer);
    if (found == index_.end()) return nullptr;
    if (now - found->second->touched > lifetime_) {
        end(transfer);
        return nullptr;
    }
    found->second->touched = now;
    bodies_.splice(bodies_.begin(), bodies_, found->second);
    return &bodies_.front().bytes;
}

bool Transfers::begin(const Transfer& transfer, Time now) {
    end(transfer);
    bool evicts = false;
    if (bodies_.size() >= most_) {
        evicts = now - bodies_.back().touched <= lifetime_;
        end(Transfer(bodies_.back().transfer));
    }
    bodies_.push_front({transfer, {}, now});
    index_.emplace(transfer, bodies_.begin());
    return evicts;
}

void Transfers::end(const Transfer& transfer) {
    const auto found = index_.find(transfer);
    if (found == index_.end()) return;
    bodies_.erase(found->second);
    index_.erase(found);
}

}  // namespace ajour::coap
