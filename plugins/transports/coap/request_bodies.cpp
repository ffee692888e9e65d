// SPDX-License-Identifier: Apache-2.0
#include "request_bodies.hpp"

#include <utility>

namespace ajour::coap {

std::variant<sdk::ByteView, const Answer*> RequestBodies::take(const Transfer& transfer,
                                                               const std::optional<Block>& block,
                                                               sdk::ByteView payload, Time now) {
    evicted_ = false;
    if (payload.size() > bytes_) return &answers::BodyTooLarge;
    if (!block || (block->number == 0 && !block->more)) return payload;
    if (payload.size() > block->size()) return &answers::InvalidBlock;
    if (block->more && payload.size() != block->size()) return &answers::InvalidBlock;
    if (block->number == 0) evicted_ = transfers_.begin(transfer, now);
    auto* body = transfers_.find(transfer, now);
    if (body == nullptr || body->size() != block->offset()) return &answers::BlocksMissing;
    if (body->size() + payload.size() > bytes_) {
        transfers_.end(transfer);
        return &answers::BodyTooLarge;
    }
    body->insert(body->end(), payload.begin(), payload.end());
    if (block->more) return &answers::Continue;
    whole_ = std::move(*body);
    transfers_.end(transfer);
    return sdk::ByteView(whole_);
}

}  // namespace ajour::coap
