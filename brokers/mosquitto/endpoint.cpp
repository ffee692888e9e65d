// SPDX-License-Identifier: Apache-2.0
#include "endpoint.hpp"

#include <openssl/crypto.h>

#include <fstream>
#include <stdexcept>
#include <utility>

namespace ajour::broker {

namespace {

constexpr std::size_t max_answer = 4096, max_token = 512;

/// Anything but `size * count` ends the transfer.
std::size_t take(char* bytes, std::size_t size, std::size_t count, void* target) {
    auto& received = *static_cast<std::string*>(target);
    if (received.size() + size * count > max_answer) return 0;
    received.append(bytes, size * count);
    return size * count;
}

}  // namespace

Endpoint::Endpoint(const Options& options) : options_(options), handle_(curl_easy_init()) {
    if (!handle_) throw std::runtime_error("libcurl gives no handle");
    auto* curl = handle_.get();
    const auto timeout = static_cast<long>(std::chrono::milliseconds(options.timeout).count());
    curl_easy_setopt(curl, CURLOPT_URL, options.url.c_str());
    curl_easy_setopt(curl, CURLOPT_PROTOCOLS_STR, "http,https");
    curl_easy_setopt(curl, CURLOPT_NOPROXY, "*");
    curl_easy_setopt(curl, CURLOPT_NOSIGNAL, 1L);
    curl_easy_setopt(curl, CURLOPT_TIMEOUT_MS, timeout);
    curl_easy_setopt(curl, CURLOPT_TCP_KEEPALIVE, 1L);
    curl_easy_setopt(curl, CURLOPT_WRITEFUNCTION, &take);
    curl_easy_setopt(curl, CURLOPT_WRITEDATA, &received_);
    if (!options.ca_file.empty()) {
        curl_easy_setopt(curl, CURLOPT_CAINFO, options.ca_file.c_str());
    }
}

Answer Endpoint::ask(const Login& login) {
    auto header = "Authorization: Bearer " + read_token();
    Headers headers(curl_slist_append(nullptr, header.c_str()));
    OPENSSL_cleanse(header.data(), header.size());
    if (!headers) return fail("there is no memory");
    auto body = body_of(login);
    const auto answer = perform(std::move(headers), body);
    OPENSSL_cleanse(body.data(), body.size());
    return answer;
}

Answer Endpoint::perform(Headers headers, const std::string& body) {
    auto* curl = handle_.get();
    received_.clear();
    curl_easy_setopt(curl, CURLOPT_HTTPHEADER, headers.get());
    curl_easy_setopt(curl, CURLOPT_POSTFIELDSIZE, static_cast<long>(body.size()));
    curl_easy_setopt(curl, CURLOPT_POSTFIELDS, body.data());
    const auto result = curl_easy_perform(curl);
    curl_easy_setopt(curl, CURLOPT_HTTPHEADER, nullptr);
    curl_easy_setopt(curl, CURLOPT_POSTFIELDS, nullptr);
    if (result != CURLE_OK) return fail(curl_easy_strerror(result));
    return read_answer();
}

/// The status and the body have to agree, so that no stranger on that port lets anybody in.
Answer Endpoint::read_answer() {
    long status = 0;
    curl_easy_getinfo(handle_.get(), CURLINFO_RESPONSE_CODE, &status);
    if (status == 200 && received_ == R"({"result":"allow"})") return Answer::Allow;
    if (status == 403 && received_ == R"({"result":"ignore"})") return Answer::Ignore;
    const bool is_denied = received_ == R"({"result":"deny"})";
    if (is_denied && (status == 403 || status == 429)) return Answer::Deny;
    if (status == 403) return fail("the token in " + options_.token_file + " is not accepted");
    return fail("found HTTP status " + std::to_string(status));
}

Answer Endpoint::fail(std::string why) {
    failure_ = std::move(why);
    return Answer::None;
}

/// Empty when there is none; that is not accepted then.
std::string Endpoint::read_token() {
    std::ifstream file(options_.token_file);
    std::string token;
    std::getline(file, token);
    while (!token.empty() && (token.back() == '\r' || token.back() == ' ')) token.pop_back();
    if (token.size() > max_token) token.clear();
    return token;
}

std::string Endpoint::body_of(const Login& login) const {
    std::string body;
    append_field(body, "username", login.user);
    append_field(body, "password", login.password);
    append_field(body, "peer", login.peer);
    return body;
}

void Endpoint::append_field(std::string& body, std::string_view name,
                            std::string_view value) const {
    const std::unique_ptr<char, Freed> escaped(
        value.empty()
            ? nullptr
            : curl_easy_escape(handle_.get(), value.data(), static_cast<int>(value.size())));
    if (!escaped) return;
    if (!body.empty()) body.append("&");
    body.append(name).append("=").append(escaped.get());
}

}  // namespace ajour::broker
