// SPDX-License-Identifier: Apache-2.0
// Ajour's endpoint for brokers; the door of libcurl. One connection that is kept, one question at a
// time.
#pragma once

#include "options.hpp"

#include <curl/curl.h>

#include <cstdint>
#include <memory>
#include <string>
#include <string_view>

namespace ajour::broker {

/// What a client showed to the broker. The views are valid during a call only.
struct Login {
    std::string_view user;
    std::string_view password;
    std::string_view peer;  ///< IP address, or empty
};

enum class Answer : std::uint8_t {
    Allow,
    Deny,
    Ignore,  ///< the user is no device
    None,    ///< it could not be asked; `failure` says why
};

class Endpoint {
public:
    /// Throws std::runtime_error when libcurl cannot be used.
    explicit Endpoint(const Options& options);

    /// Waits for the answer, at most for as long as the timeout.
    Answer ask(const Login& login);

    /// Why the last answer was None. Holds no secret.
    const std::string& failure() const noexcept { return failure_; }

private:
    struct Freed {
        void operator()(CURL* handle) const noexcept { curl_easy_cleanup(handle); }
        void operator()(curl_slist* list) const noexcept { curl_slist_free_all(list); }
        void operator()(char* text) const noexcept { curl_free(text); }
    };
    using Headers = std::unique_ptr<curl_slist, Freed>;

    std::string read_token();
    std::string body_of(const Login& login) const;
    void append_field(std::string& body, std::string_view name, std::string_view value) const;
    Answer perform(Headers headers, const std::string& body);
    Answer read_answer();
    Answer fail(std::string why);

    const Options options_;
    std::unique_ptr<CURL, Freed> handle_;
    std::string received_;
    std::string failure_;
};

}  // namespace ajour::broker
