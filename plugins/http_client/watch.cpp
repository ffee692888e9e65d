// SPDX-License-Identifier: Apache-2.0
#include "watch.hpp"

#include <algorithm>

namespace ajour::http_client {

bool Watch::is_over(Instant now, std::uint64_t received) {
    if (deadline_) return now >= *deadline_;
    if (received - counted_ >= least) {
        since_ = now;
        counted_ = received;
    }
    return now - since_ >= *stall_;
}

std::chrono::milliseconds Watch::left(Instant now) const {
    const auto end = deadline_ ? *deadline_ : since_ + *stall_;
    return std::max(std::chrono::ceil<std::chrono::milliseconds>(end - now),
                    std::chrono::milliseconds(0));
}

}  // namespace ajour::http_client
