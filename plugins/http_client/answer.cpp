// SPDX-License-Identifier: Apache-2.0
#include "answer.hpp"

#include <ajour/sdk/guard.hpp>

namespace ajour::http_client {

using sdk::Error;
using sdk::ErrorKind;

bool Answer::header(std::string_view line) noexcept {
    const auto taken = sdk::guarded([&] { return take_header(line); });
    if (!taken) failure_ = taken.error();
    return taken.ok();
}

bool Answer::body(sdk::ByteView bytes) noexcept {
    const auto flow = sdk::guarded([&] { return take_body(bytes); });
    if (!flow) failure_ = flow.error();
    enough_ = flow && *flow == Flow::Enough;
    return flow && !enough_;
}

sdk::Result<void> Answer::take_header(std::string_view line) {
    received_ += line.size();
    const bool was_complete = head_.is_complete();
    if (auto taken = head_.take(line); !taken) return taken;
    return head_.is_complete() && !was_complete ? body_.begin(head_) : sdk::Result<void>();
}

sdk::Result<Flow> Answer::take_body(sdk::ByteView bytes) {
    received_ += bytes.size();
    if (!head_.is_complete()) return Error{ErrorKind::Malformed, "a body without a head"};
    return body_.take(bytes);
}

sdk::Result<void> Answer::end() {
    if (!head_.is_complete()) return Error{ErrorKind::Malformed, "an answer without a head"};
    return body_.end();
}

}  // namespace ajour::http_client
