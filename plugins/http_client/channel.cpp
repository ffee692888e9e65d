// SPDX-License-Identifier: Apache-2.0
#include "channel.hpp"

#include "characters.hpp"
#include "transfer_options.hpp"

#include <curl/curl.h>

#include <algorithm>
#include <array>
#include <chrono>
#include <mutex>
#include <new>
#include <utility>

namespace ajour::http_client {
namespace {

using sdk::Error;
using sdk::ErrorKind;

constexpr std::chrono::milliseconds nap_max{
    1000};  // the longest wait between two looks at the watch
constexpr std::size_t reason_max = 160;

/// In the handle from its adding to its removing.
class Added {
public:
    Added(CURLM* multi, CURL* easy) noexcept
        : multi_(multi), easy_(easy), code_(curl_multi_add_handle(multi, easy)) {}
    ~Added() { curl_multi_remove_handle(multi_, easy_); }
    Added(const Added&) = delete;
    Added& operator=(const Added&) = delete;
    bool ok() const noexcept { return code_ == CURLM_OK; }

private:
    CURLM* const multi_;
    CURL* const easy_;
    const CURLMcode code_;
};

ErrorKind kind_of(CURLcode code) {
    switch (code) {
        case CURLE_OPERATION_TIMEDOUT:
            return ErrorKind::Timeout;
        case CURLE_PEER_FAILED_VERIFICATION:
        case CURLE_SSL_CERTPROBLEM:
        case CURLE_SSL_CACERT_BADFILE:
        case CURLE_SSL_ISSUER_ERROR:
            return ErrorKind::Refused;
        case CURLE_UNSUPPORTED_PROTOCOL:  // HTTP/0.9
        case CURLE_WEIRD_SERVER_REPLY:
        case CURLE_BAD_CONTENT_ENCODING:
            return ErrorKind::Malformed;
        case CURLE_OUT_OF_MEMORY:
            return ErrorKind::Full;
        default:
            return ErrorKind::Unavailable;
    }
}

/// What became of the one transfer that has ended.
CURLcode code_of(CURLM* multi) {
    int left = 0;
    const auto* message = curl_multi_info_read(multi, &left);
    return message != nullptr && message->msg == CURLMSG_DONE ? message->data.result
                                                              : CURLE_ABORTED_BY_CALLBACK;
}

Error timed_out(const Watch& watch) {
    return {ErrorKind::Timeout, watch.is_stall() ? "the server sends nothing, or next to nothing"
                                                 : "no whole answer in time"};
}

}  // namespace

struct Channel::Handles {
    CURLM* multi = curl_multi_init();
    CURL* easy = curl_easy_init();
    std::array<char, CURL_ERROR_SIZE> reason{};

    Handles() {
        if (multi == nullptr || easy == nullptr) throw std::bad_alloc();
        curl_multi_setopt(multi, CURLMOPT_MAXCONNECTS, 1L);
    }
    ~Handles() {
        curl_easy_cleanup(easy);
        curl_multi_cleanup(multi);
    }
    Handles(const Handles&) = delete;
    Handles& operator=(const Handles&) = delete;

    Error error(CURLcode code) const {
        const std::string_view said(reason.data());
        return {kind_of(code),
                printable(said.empty() ? curl_easy_strerror(code) : said, reason_max)};
    }
};

Channel::Channel(std::string origin) : origin_(std::move(origin)) {
    static std::once_flag once;
    std::call_once(once, [] { curl_global_init(CURL_GLOBAL_DEFAULT); });
    handles_ = std::make_unique<Handles>();
}

Channel::~Channel() = default;

sdk::Result<void> Channel::ask(const Options& options, const Hop& hop, const Request& request,
                               Answer& answer, Watch& watch) {
    curl_easy_reset(handles_->easy);
    handles_->reason.front() = '\0';
    TransferOptions transfer(handles_->easy);
    transfer.set_reason(handles_->reason.data());
    transfer.set_trust(options, hop);
    transfer.set_request(request, hop);
    transfer.set_answer(answer);
    if (!transfer.ok()) return Error{ErrorKind::Internal, "libcurl does not take an option"};
    watch.begin_hop(std::chrono::steady_clock::now());
    return run(answer, watch);
}

sdk::Result<void> Channel::run(Answer& answer, Watch& watch) {
    const Added added(handles_->multi, handles_->easy);
    if (!added.ok()) return Error{ErrorKind::Internal, "libcurl does not take a transfer"};
    for (int running = 1; running > 0;) {
        if (stopped_) return Error{ErrorKind::Unavailable, "stopped"};
        curl_multi_perform(handles_->multi, &running);
        if (running == 0) break;
        const auto now = std::chrono::steady_clock::now();
        if (watch.is_over(now, answer.received())) return timed_out(watch);
        const auto nap = std::min(watch.left(now), nap_max);
        curl_multi_poll(handles_->multi, nullptr, 0, static_cast<int>(nap.count()), nullptr);
    }
    const auto code = code_of(handles_->multi);
    if (answer.failure()) return *answer.failure();
    if (code == CURLE_OK) return answer.end();
    if (answer.has_enough()) return {};
    return handles_->error(code);
}

void Channel::stop() noexcept {
    stopped_ = true;
    curl_multi_wakeup(handles_->multi);
}

}  // namespace ajour::http_client
