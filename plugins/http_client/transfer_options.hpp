// SPDX-License-Identifier: Apache-2.0
// What libcurl is told of one transfer. The handle refers to it until it is reset.
#pragma once

#include "answer.hpp"
#include "client.hpp"
#include "message.hpp"
#include "redirect.hpp"

#include <curl/curl.h>

#include <memory>
#include <string>

namespace ajour::http_client {

class TransferOptions {
public:
    explicit TransferOptions(CURL* easy) noexcept : easy_(easy) {}

    void set_reason(char* buffer) { set(CURLOPT_ERRORBUFFER, buffer); }
    /// Which server is believed, and how it is reached.
    void set_trust(const Options& options, const Hop& hop);
    /// Credentials go to a trusted hop only.
    void set_request(const Request& request, const Hop& hop);
    void set_answer(Answer& answer);

    /// Whether libcurl took it all.
    bool ok() const noexcept { return ok_; }

private:
    struct FreeList {
        void operator()(curl_slist* list) const noexcept { curl_slist_free_all(list); }
    };

    template <typename Value>
    void set(CURLoption option, Value value) {
        ok_ = curl_easy_setopt(easy_, option, value) == CURLE_OK && ok_;
    }
    void set_method(const Request& request);
    void add_header(const std::string& line);

    CURL* const easy_;
    bool ok_ = true;
    std::unique_ptr<curl_slist, FreeList> headers_;
};

}  // namespace ajour::http_client
