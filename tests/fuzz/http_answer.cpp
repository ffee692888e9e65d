// SPDX-License-Identifier: Apache-2.0
// Any bytes as what an HTTP server answers: its head, its redirect, its range, its Retry-After, its
// body. The first byte says from where the image was asked for.
#include "http_client/answer.hpp"
#include "http_client/content_range.hpp"
#include "http_client/message.hpp"
#include "http_client/redirect.hpp"

#include <algorithm>
#include <cstdint>
#include <cstdlib>
#include <string>
#include <string_view>

namespace {

using namespace ajour::http_client;
namespace sdk = ajour::sdk;

constexpr std::size_t headers_max = 2048;

void require(bool holds) {
    if (!holds) std::abort();
}

struct CountingSink final : sdk::ByteSink {
    sdk::Result<void> write(sdk::ByteView bytes) noexcept override {
        count += bytes.size();
        return {};
    }
    std::size_t count = 0;
};

/// What was understood is understood in the same way again, also by those who read it from a text.
void require_one_meaning(const Url& url) {
    const auto again = parse_url(url.text());
    require(again.ok() || url.text().size() > url_max);
    require(!again || (again->text() == url.text() && again->origin() == url.origin()));
    require(url.host.find_first_of("@/\\?#% ") == std::string::npos && !url.host.empty());
    require(!url.path.empty() && url.path.front() == '/');
}

void require_safe(const Hop& from, std::string_view location) {
    const auto hop = next_hop(from, location, true);
    if (!hop) return;
    require_one_meaning(hop->url);
    require(hop->url.secure || !from.url.secure);
    require(!hop->trusted || (from.trusted && hop->url.origin() == from.url.origin()));
}

void require_sense(std::string_view content_range) {
    const auto range = parse_content_range(content_range);
    if (range) require(range->size() > 0 && (!range->total || range->last < *range->total));
}

void read_headers(const Response& response) {
    require(retry_after(response, 784'111'777) <= 86'400);
    const auto base = *first_hop("https://example.com/a/b?c", false);
    for (const auto& header : response.headers) {
        require_safe(base, header.value);
        require_safe({base.url, false}, header.value);
        require_safe(*first_hop("http://[::1]:80", true), header.value);
        require_sense(header.value);
        if (auto url = parse_url(header.value)) require_one_meaning(*url);
    }
}

/// The head up to the first empty line; gives the rest.
std::string_view feed_head(Answer& answer, std::string_view text) {
    std::size_t taken = 0;
    while (!text.empty() && !answer.head().is_complete()) {
        const auto line = text.substr(0, std::min(text.find('\n'), text.size() - 1) + 1);
        text.remove_prefix(line.size());
        if (!answer.header(line)) return {};
        taken += line.size();
    }
    require(taken <= headers_max);
    return text;
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    if (size == 0) return 0;
    CountingSink sink;
    StreamedBody body(sink, data[0] % 4);
    Answer answer(headers_max, body);
    const std::string_view text(reinterpret_cast<const char*>(data) + 1, size - 1);
    const auto rest = feed_head(answer, text);
    if (!answer.head().is_complete()) return 0;
    const bool is_wanted = answer.head().status() == 200 || answer.head().status() == 206;
    Response response;
    response.headers = answer.head().headers();
    read_headers(response);
    if (!answer.failure()) answer.body(sdk::bytes_of(rest));
    require(is_wanted || sink.count == 0);
    require(sink.count == 0 || sink.count == rest.size());
    return 0;
}
