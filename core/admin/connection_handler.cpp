// SPDX-License-Identifier: Apache-2.0
#include "admin/connection_handler.hpp"

#include <Poco/Net/HTTPServerRequest.h>
#include <Poco/Net/HTTPServerRequestImpl.h>
#include <Poco/Net/HTTPServerResponse.h>
#include <Poco/Net/StreamSocket.h>
#include <Poco/String.h>
#include <Poco/Timespan.h>

#include <array>
#include <exception>
#include <istream>
#include <optional>
#include <ostream>
#include <streambuf>

namespace ajour::admin {

using Poco::Net::HTTPServerRequest;
using Poco::Net::HTTPServerRequestImpl;
using Poco::Net::HTTPServerResponse;
using Clock = std::chrono::steady_clock;

namespace {

constexpr std::size_t max_path = 4096;
constexpr std::size_t max_drained = std::size_t{4} << 20;
constexpr auto max_drain_time = std::chrono::seconds(2);
const Poco::Timespan max_drain_pause(0, 200'000);

/// Takes pieces as they arrive, so that the deadline counts for slow senders too. Returns whether
/// all came.
template <typename Take>
bool read_pieces(std::istream& input, Clock::time_point deadline, Take&& take) {
    std::array<char, 16 * 1024> buffer;
    while (input.peek() != std::istream::traits_type::eof()) {
        const auto available = input.rdbuf()->in_avail();
        const auto wanted = std::min<std::streamsize>(available, std::ssize(buffer));
        const auto count = input.readsome(buffer.data(), wanted);
        if (count <= 0 || !take(std::string_view(buffer.data(), static_cast<std::size_t>(count)))) {
            return false;
        }
        if (Clock::now() > deadline) return false;
    }
    return !input.bad();
}

/// RFC 9112 section 6.3: a request that says nothing of a body has none.
bool has_body(const HTTPServerRequest& request) {
    return request.hasContentLength() || request.getChunkedTransferEncoding();
}

bool needs_body(const HTTPServerRequest& request) {
    return request.getMethod() == "POST" || request.getMethod() == "PUT";
}

std::optional<Response> read_body(HTTPServerRequest& request, std::size_t max,
                                  std::chrono::seconds timeout, std::string& body) {
    const auto too_large = [max] {
        return refusal(413, "PayloadTooLarge",
                       "A body of at most " + std::to_string(max) + " bytes");
    };
    if (!has_body(request)) {
        if (!needs_body(request)) return std::nullopt;
        return refusal(411, "LengthRequired", "No Content-Length");
    }
    if (request.hasContentLength() &&
        request.getContentLength64() > static_cast<std::int64_t>(max)) {
        return too_large();
    }
    bool fits = true;
    const bool whole =
        read_pieces(request.stream(), Clock::now() + timeout, [&](std::string_view piece) {
            fits = body.size() + piece.size() <= max;
            if (fits) body += piece;
            return fits;
        });
    if (!fits) return too_large();
    const bool all =
        whole && (!request.hasContentLength() ||
                  static_cast<std::int64_t>(body.size()) == request.getContentLength64());
    if (!all) return refusal(408, "RequestTimeout", "The body did not come in time");
    return std::nullopt;
}

std::optional<Response> read_target(const HTTPServerRequest& request, Request& read) {
    const std::string_view target = request.getURI();
    const auto question = std::min(target.find('?'), target.size());
    read.path = target.substr(0, question);
    if (!read.path.starts_with('/') || target.size() > max_path) {
        return refusal(400, "BadRequest", "The request target is not a path");
    }
    auto query = decode_query(target.substr(std::min(question + 1, target.size())));
    if (!query) return refusal(query.error());
    read.query = *std::move(query);
    return std::nullopt;
}

Request read_head(const HTTPServerRequest& request) {
    Request read;
    read.method = request.getMethod();
    for (const auto& [name, value] : request) read.headers.emplace(Poco::toLower(name), value);
    read.is_local = request.clientAddress().host().isLoopback();
    return read;
}

void send_head(const Response& answer, HTTPServerResponse& response) {
    response.setStatusAndReason(static_cast<Poco::Net::HTTPResponse::HTTPStatus>(answer.status));
    response.set("Cache-Control", "no-store");
    response.set("X-Content-Type-Options", "nosniff");
    for (const auto& [name, value] : answer.headers) response.set(name, value);
    if (answer.status != 204) response.setContentType(answer.type);
}

/// An error half way closes the connection before the last chunk, so that the list does not look
/// whole.
void send_pieces(const Response& answer, HTTPServerRequest& request, HTTPServerResponse& response) {
    const bool chunked = request.getVersion() == Poco::Net::HTTPMessage::HTTP_1_1;
    response.setChunkedTransferEncoding(chunked);
    if (!chunked) response.setKeepAlive(false);
    auto& output = response.send();
    try {
        for (auto piece = answer.more(); !piece.empty() && output.good(); piece = answer.more()) {
            output << piece;
        }
    } catch (const std::exception&) {
        response.setKeepAlive(false);
        if (auto* connection = dynamic_cast<HTTPServerRequestImpl*>(&request)) {
            connection->socket().shutdown();
        }
    }
}

void send(const Response& answer, HTTPServerRequest& request, HTTPServerResponse& response) {
    send_head(answer, response);
    if (answer.more) return send_pieces(answer, request, response);
    if (answer.status != 204) {
        response.setContentLength64(static_cast<std::int64_t>(answer.body.size()));
    }
    response.send() << answer.body << std::flush;
}

/// Whoever still sends would lose our answer when the connection is reset under it.
void drain(HTTPServerRequest& request) {
    auto* connection = dynamic_cast<HTTPServerRequestImpl*>(&request);
    if (connection == nullptr || !has_body(request)) return;
    connection->socket().setReceiveTimeout(max_drain_pause);
    std::size_t drained = 0;
    read_pieces(request.stream(), Clock::now() + max_drain_time, [&](std::string_view piece) {
        drained += piece.size();
        return drained < max_drained;
    });
}

}  // namespace

void ConnectionHandler::handleRequest(HTTPServerRequest& request, HTTPServerResponse& response) {
    auto read = read_head(request);
    auto refused = read_target(request, read);
    if (!refused) refused = read_body(request, routes_.max_body(read), timeout_, read.body);
    if (!refused) return send(routes_.answer(read), request, response);
    // What is left of a body must never be read as a request.
    response.setKeepAlive(false);
    send(*refused, request, response);
    drain(request);
}

Poco::Net::HTTPRequestHandler* ConnectionHandlerFactory::createRequestHandler(
    const HTTPServerRequest&) {
    return new ConnectionHandler(routes_, timeout_);
}

}  // namespace ajour::admin
