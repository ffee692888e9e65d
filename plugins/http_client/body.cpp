// SPDX-License-Identifier: Apache-2.0
#include "body.hpp"

#include "characters.hpp"
#include "content_range.hpp"

#include <algorithm>
#include <string_view>

namespace ajour::http_client {
namespace {

using sdk::Error;
using sdk::ErrorKind;

constexpr std::size_t beginning_max = 4096;  // of a body that was not asked for

std::string_view value_of(const Head& head, std::string_view name) {
    for (const auto& header : head.headers()) {
        if (header.name == name) return header.value;
    }
    return {};
}

Error mismatch(std::uint64_t from, const std::string& found) {
    return {ErrorKind::Mismatch,
            "asked for the rest from byte " + std::to_string(from) + ", got " + found};
}

}  // namespace

sdk::Result<void> KeptBody::begin(const Head&) {
    text_.clear();
    return {};
}

sdk::Result<Flow> KeptBody::take(sdk::ByteView bytes) {
    if (bytes.size() > bytes_max_ - text_.size()) {
        return Error{ErrorKind::Full,
                     "a body of more than " + std::to_string(bytes_max_) + " bytes"};
    }
    text_.append(sdk::text_of(bytes));
    return Flow::More;
}

sdk::Result<void> StreamedBody::begin(const Head& head) {
    text_.clear();
    announced_.reset();
    wanted_ = false;
    if (from_ > 0 && (head.status() == 200 || head.status() == 416)) {
        return mismatch(from_, "status " + std::to_string(head.status()));
    }
    if (head.status() == 206) return begin_rest(head);
    wanted_ = head.status() == 200;
    return {};
}

sdk::Result<void> StreamedBody::begin_rest(const Head& head) {
    if (from_ == 0) return Error{ErrorKind::Malformed, "status 206 to a request for all"};
    const auto value = value_of(head, "content-range");
    const auto range = parse_content_range(value);
    if (!range || !range->is_rest_from(from_)) {
        return mismatch(from_, "Content-Range \"" + printable(value, 80) + "\"");
    }
    announced_ = range->size();
    wanted_ = true;
    return {};
}

sdk::Result<Flow> StreamedBody::take(sdk::ByteView bytes) {
    if (!wanted_) return keep(bytes);
    if (announced_) {
        if (bytes.size() > *announced_) return mismatch(from_, "more than its Content-Range says");
        *announced_ -= bytes.size();
    }
    const auto written = sink_.write(bytes);
    refused_ = !written;
    if (refused_) return written.error();
    return Flow::More;
}

sdk::Result<Flow> StreamedBody::keep(sdk::ByteView bytes) {
    const auto room = beginning_max - text_.size();
    text_.append(sdk::text_of(bytes.first(std::min(bytes.size(), room))));
    return bytes.size() < room ? Flow::More : Flow::Enough;
}

sdk::Result<void> StreamedBody::end() {
    if (announced_.value_or(0) == 0) return {};
    return Error{ErrorKind::Unavailable,
                 std::to_string(*announced_) + " bytes of the range did not come"};
}

}  // namespace ajour::http_client
