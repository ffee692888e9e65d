// SPDX-License-Identifier: Apache-2.0
#include "admin/client.hpp"

#include "admin/message.hpp"
#include "json/json.hpp"

#include <Poco/Exception.h>
#include <Poco/Net/HTTPClientSession.h>
#include <Poco/Net/HTTPRequest.h>
#include <Poco/Net/HTTPResponse.h>
#include <Poco/Net/NetException.h>
#include <Poco/Timespan.h>
#include <Poco/URI.h>

#include <array>
#include <fstream>
#include <istream>
#include <ostream>
#include <utility>

namespace ajour::admin {

using Poco::Net::HTTPClientSession;
using Poco::Net::HTTPRequest;
using Poco::Net::HTTPResponse;
using sdk::Error;
using sdk::ErrorKind;
using sdk::Result;

namespace {

constexpr std::size_t max_token = 512;

Result<std::string> read_body(std::istream& input, std::size_t max) {
    std::string body;
    std::array<char, 64 * 1024> buffer;
    while (input) {
        input.read(buffer.data(), std::ssize(buffer));
        body.append(buffer.data(), static_cast<std::size_t>(input.gcount()));
        if (body.size() > max) {
            return Error{ErrorKind::Full,
                         "the answer is larger than " + std::to_string(max) + " bytes"};
        }
    }
    if (input.bad()) return Error{ErrorKind::Unavailable, "the answer broke off"};
    return body;
}

HTTPRequest make_request(std::string_view method, const std::string& path, std::string_view body,
                         const std::string& token) {
    HTTPRequest request(std::string(method), path, HTTPRequest::HTTP_1_1);
    request.set("Accept", "application/json");
    if (!token.empty()) request.set("Authorization", "Bearer " + token);
    if (!body.empty()) request.setContentType("application/json");
    request.setContentLength64(static_cast<std::int64_t>(body.size()));
    return request;
}

Result<ClientResponse> exchange(HTTPClientSession& session, HTTPRequest& request,
                                std::string_view body, std::size_t max_body) {
    session.sendRequest(request) << body;
    HTTPResponse response;
    auto& input = session.receiveResponse(response);
    auto received = read_body(input, max_body);
    if (!received) return received.error();
    const bool whole = !response.hasContentLength() ||
                       response.getContentLength64() == static_cast<std::int64_t>(received->size());
    if (!whole) return Error{ErrorKind::Unavailable, "the answer broke off"};
    return ClientResponse{response.getStatus(), *std::move(received), response.get("Location", "")};
}

}  // namespace

Result<Client> Client::make(ClientOptions options) {
    try {
        const Poco::URI url(options.server);
        if (url.getScheme() != "http" || url.getHost().empty() || !url.getUserInfo().empty() ||
            !url.getRawQuery().empty()) {
            return Error{ErrorKind::Malformed,
                         "the server's URL is not http://host[:port][/prefix]: " + url.getScheme() +
                             "://" + url.getHost()};
        }
        Client client(std::move(options));
        client.host_ = url.getHost();
        client.port_ = url.getPort();
        client.prefix_ = url.getPath();
        while (client.prefix_.ends_with('/')) client.prefix_.pop_back();
        return client;
    } catch (const Poco::Exception&) {
        return Error{ErrorKind::Malformed, "the server's URL is not one of http://host[:port]"};
    }
}

Result<ClientResponse> Client::request(std::string_view method, std::string_view path,
                                       std::string_view body) const {
    const auto place = options_.server;
    try {
        HTTPClientSession session(host_, port_);
        session.setTimeout(Poco::Timespan(options_.timeout.count(), 0));
        auto request = make_request(method, prefix_ + std::string(path), body, options_.token);
        auto response = exchange(session, request, body, options_.max_body);
        return response ? response : response.error().in(place);
    } catch (const Poco::TimeoutException&) {
        return Error{ErrorKind::Timeout, "no answer in time"}.in(place);
    } catch (const Poco::Exception& thrown) {
        return Error{ErrorKind::Unavailable, thrown.displayText()}.in(place);
    } catch (const std::exception& thrown) {
        return Error{ErrorKind::Unavailable, thrown.what()}.in(place);
    }
}

std::string failure_text(const ClientResponse& response) {
    if (const auto parsed = json::parse(response.body)) {
        for (const auto* name : {"message", "error"}) {
            if (auto text = json::text(*parsed, name); !text.empty()) return text;
        }
    }
    return "HTTP status " + std::to_string(response.status);
}

std::string path_segment(std::string_view name) {
    return encode_segment(name);
}

Result<std::string> read_token(const std::filesystem::path& file) {
    std::ifstream input(file);
    std::string token;
    if (!input || !std::getline(input, token)) {
        return Error{ErrorKind::Unavailable, "no token can be read from " + file.string()};
    }
    while (!token.empty() && (token.back() == '\r' || token.back() == ' ')) token.pop_back();
    const bool usable = !token.empty() && token.size() <= max_token &&
                        token.find_first_of("\r\n\t ") == std::string::npos;
    if (!usable) return Error{ErrorKind::Malformed, "no token is in " + file.string()};
    return token;
}

}  // namespace ajour::admin
