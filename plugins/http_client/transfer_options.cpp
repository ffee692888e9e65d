// SPDX-License-Identifier: Apache-2.0
#include "transfer_options.hpp"

#include "characters.hpp"

#include <algorithm>
#include <utility>

namespace ajour::http_client {
namespace {

constexpr long buffer_bytes = 64L * 1024;

std::size_t on_header(char* data, std::size_t, std::size_t size, void* answer) noexcept {
    return static_cast<Answer*>(answer)->header({data, size}) ? size : size + 1;
}

std::size_t on_body(char* data, std::size_t, std::size_t size, void* answer) noexcept {
    return static_cast<Answer*>(answer)->body(sdk::bytes_of({data, size})) ? size : size + 1;
}

bool has_content_type(const Request& request) {
    return std::any_of(request.headers.begin(), request.headers.end(), [](const Header& header) {
        return lower_case(header.name) == "content-type";
    });
}

}  // namespace

void TransferOptions::set_trust(const Options& options, const Hop& hop) {
    set(CURLOPT_NOSIGNAL, 1L);
    set(CURLOPT_QUICK_EXIT, 1L);  // else a stop waits for a resolver that hangs
    set(CURLOPT_PROTOCOLS_STR, options.plain ? "http,https" : "https");
    set(CURLOPT_PROXY, options.proxy.c_str());
    set(CURLOPT_NOPROXY, "");
    set(CURLOPT_SUPPRESS_CONNECT_HEADERS, 1L);
    set(CURLOPT_CONNECTTIMEOUT_MS, static_cast<long>(options.connect_timeout.count()));
    set(CURLOPT_USERAGENT, options.user_agent.c_str());
    set(CURLOPT_SSLVERSION, static_cast<long>(CURL_SSLVERSION_TLSv1_2));
    set(CURLOPT_SSL_VERIFYPEER, options.verify ? 1L : 0L);
    set(CURLOPT_SSL_VERIFYHOST, options.verify ? 2L : 0L);
    if (!options.ca_file.empty()) {
        set(CURLOPT_CAINFO, options.ca_file.c_str());
        set(CURLOPT_CAPATH, static_cast<const char*>(nullptr));  // else the system's count as well
    }
    if (!options.certificate.empty() && hop.trusted) {
        set(CURLOPT_SSLCERT, options.certificate.c_str());
        set(CURLOPT_SSLKEY, options.key.c_str());
    }
}

void TransferOptions::set_request(const Request& request, const Hop& hop) {
    set(CURLOPT_URL, hop.url.text().c_str());
    set(CURLOPT_PATH_AS_IS, 1L);
    set_method(request);
    for (const auto& header : request.headers) add_header(header.name + ": " + header.value);
    if (hop.trusted && !request.authorization.empty()) {
        add_header("Authorization: " + request.authorization);
    }
    if (request.from > 0) add_header("Range: bytes=" + std::to_string(request.from) + "-");
    add_header("Accept-Encoding: identity");  // hashes and ranges are of the bytes as they are
    set(CURLOPT_HTTPHEADER, headers_.get());
}

void TransferOptions::set_method(const Request& request) {
    if (request.method == "HEAD") return set(CURLOPT_NOBODY, 1L);
    if (request.method == "POST" || request.method == "PUT" || request.method == "PATCH") {
        set(CURLOPT_POST, 1L);
        set(CURLOPT_POSTFIELDS, request.body.data());
        set(CURLOPT_POSTFIELDSIZE_LARGE, static_cast<curl_off_t>(request.body.size()));
        add_header("Expect:");
        if (!has_content_type(request)) add_header("Content-Type:");
    }
    if (request.method != "GET") set(CURLOPT_CUSTOMREQUEST, request.method.c_str());
}

void TransferOptions::set_answer(Answer& answer) {
    set(CURLOPT_HEADERFUNCTION, &on_header);
    set(CURLOPT_HEADERDATA, static_cast<void*>(&answer));
    set(CURLOPT_WRITEFUNCTION, &on_body);
    set(CURLOPT_WRITEDATA, static_cast<void*>(&answer));
    set(CURLOPT_BUFFERSIZE, buffer_bytes);
}

void TransferOptions::add_header(const std::string& line) {
    auto* longer = curl_slist_append(headers_.get(), line.c_str());
    ok_ = longer != nullptr && ok_;
    if (longer == nullptr) return;
    (void)headers_.release();
    headers_.reset(longer);
}

}  // namespace ajour::http_client
