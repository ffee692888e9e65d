// SPDX-License-Identifier: Apache-2.0
#include "ajour/sdk/testing/memory_sink.hpp"

namespace ajour::sdk::contract {

Result<void> MemorySink::write(ByteView bytes) noexcept {
    if (refused() || bytes.size() > room_ - bytes_.size()) {
        ++refusals_;
        return Error{ErrorKind::Full, "the sink has room for " + std::to_string(room_) + " bytes"};
    }
    bytes_.insert(bytes_.end(), bytes.begin(), bytes.end());
    return {};
}

}  // namespace ajour::sdk::contract
