// SPDX-License-Identifier: Apache-2.0
#include "client.hpp"

#include "answer.hpp"
#include "body.hpp"
#include "channels.hpp"
#include "characters.hpp"
#include "redirect.hpp"
#include "request_check.hpp"
#include "watch.hpp"

#include <chrono>
#include <optional>
#include <utility>

namespace ajour::http_client {
namespace {

using sdk::Error;
using sdk::ErrorKind;
using std::chrono::steady_clock;

constexpr std::size_t place_max = 200;

std::string place_of(const Request& request, const Hop& hop) {
    return printable(request.method + " " + hop.url.location(), place_max);
}

Response response_of(Answer& answer, Body& body, const Hop& hop) {
    return {answer.head().status(), std::move(answer.head().headers()), std::move(body.text()),
            hop.url.location()};
}

/// Where an answer sends us; null when it does not, or when the method forbids to follow.
const std::string* location_of(const Request& request, const Response& response) {
    const bool may_follow = request.method == "GET" || request.method == "HEAD";
    return may_follow && is_redirect(response.status) ? response.header("location") : nullptr;
}

}  // namespace

/// One request on its way, from hop to hop.
struct Client::Journey {
    const Options& options;
    Channels& channels;
    const Request& request;
    Body& body;
    Watch watch;

    sdk::Result<Response> follow() {
        auto hop = first_hop(request.url, options.plain);
        if (!hop) return hop.error().in(request.method);
        for (int left = options.redirects_max;; --left) {
            auto response = take(*hop);
            if (!response) return response;
            const auto* location = location_of(request, *response);
            if (location == nullptr) return response;
            const auto place = place_of(request, *hop);
            if (left <= 0) return Error{ErrorKind::Refused, place + ": too many redirects"};
            hop = next_hop(*hop, *location, options.plain);
            if (!hop) return hop.error().in(place);
        }
    }

    /// One hop and its answer. An error of the sink stays as it is.
    sdk::Result<Response> take(const Hop& hop) {
        Answer answer(options.headers_max, body);
        const auto lease = channels.lend(hop.url.origin());
        auto asked = (*lease).ask(options, hop, request, answer, watch);
        if (asked) return response_of(answer, body, hop);
        if (body.was_refused()) return asked.error();
        return asked.error().in(place_of(request, hop));
    }
};

Client::Client(Options options)
    : options_(std::move(options)),
      channels_(std::make_unique<Channels>(options_.idle_connections_max)) {}

Client::~Client() {
    stop();
}

sdk::Result<Response> Client::send(const Request& request) {
    KeptBody body(options_.body_max);
    return ask(request, body, Watch::until(steady_clock::now() + options_.timeout));
}

sdk::Result<Response> Client::download(const Request& request, sdk::ByteSink& sink) {
    if (request.method != "GET") return Error{ErrorKind::Internal, "a download that is no GET"};
    StreamedBody body(sink, request.from);
    return ask(request, body, Watch::stalls(steady_clock::now(), options_.stall));
}

sdk::Result<Response> Client::ask(const Request& request, Body& body, Watch watch) {
    if (auto checked = check_request(request); !checked) return checked.error();
    return Journey{options_, *channels_, request, body, watch}.follow();
}

void Client::stop() noexcept {
    channels_->stop();
}

}  // namespace ajour::http_client
