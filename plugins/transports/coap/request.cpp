// SPDX-License-Identifier: Apache-2.0
#include "request.hpp"

namespace ajour::coap {
namespace {

/// The same bytes, as characters that may be written to.
std::span<char> chars_of(sdk::ByteView value, std::span<std::uint8_t> datagram) noexcept {
    if (value.empty()) return {};
    const auto at = static_cast<std::size_t>(value.data() - datagram.data());
    return {reinterpret_cast<char*>(datagram.data() + at), value.size()};
}

class Reader {
public:
    Reader(Request& request, std::span<std::uint8_t> datagram) noexcept
        : request_(request), datagram_(datagram) {}

    void take(const Option& given) noexcept {
        switch (given.number) {
            case option::UriHost:
            case option::UriPort:
                return;
            case option::UriPath:
                return take_segment(sdk::text_of(given.value));
            case option::UriQuery:
                return take_query(given.value);
            case option::ContentFormat:
                request_.content_format = number_of(given.value);
                return;
            case option::Accept:
                return take_once(request_.accept, number_of(given.value));
            case option::Block1:
                return take_once(request_.block1, block_of(given.value));
            case option::Block2:
                return take_once(request_.block2, block_of(given.value));
            case option::Size1:
                request_.size1 = number_of(given.value);
                return;
            case option::Echo:
                request_.echo = given.value;
                return;
            case option::Authorization:
                return take_once(request_.authorization,
                                 std::optional(chars_of(given.value, datagram_)));
            case option::ProxyUri:
            case option::ProxyScheme:
                return fail(answers::NoProxy);
            default:
                if (is_critical(given.number)) fail(answers::UnknownOption);
        }
    }

private:
    void take_segment(std::string_view segment) noexcept {
        if (request_.path_segments == 0) request_.version = segment;
        if (request_.path_segments == 1) request_.channel = segment;
        ++request_.path_segments;
    }

    void take_query(sdk::ByteView value) noexcept {
        if (!sender::read_query(chars_of(value, datagram_), request_.query)) {
            fail(answers::InvalidQuery);
        }
    }

    /// A critical option that comes twice, or makes no sense, counts as one that is not known (RFC
    /// 7252 section 5.4.5).
    template <typename T>
    void take_once(std::optional<T>& place, std::optional<T> value) noexcept {
        if (place || !value) return fail(answers::UnknownOption);
        place = value;
    }

    void fail(const Answer& problem) noexcept {
        const bool graver = problem.code == Code::BadOption;
        if (request_.problem == nullptr || graver) request_.problem = &problem;
    }

    Request& request_;
    std::span<std::uint8_t> datagram_;
};

}  // namespace

Request read_request(const Message& message, std::span<std::uint8_t> datagram) noexcept {
    Request request;
    Reader reader(request, datagram);
    Options options(message.options);
    while (const auto given = options.next()) reader.take(*given);
    return request;
}

}  // namespace ajour::coap
