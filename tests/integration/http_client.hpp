// SPDX-License-Identifier: Apache-2.0
// What tests of the client of HTTP servers ask for, and a server that has an image.
#pragma once

#include "http_client/client.hpp"
#include "support/scripted_http_server.hpp"

#include <gtest/gtest.h>

#include <chrono>
#include <string>
#include <utility>

namespace ajour::integration {

using http_client::Client;
using http_client::Options;
using http_client::Request;
using http_client::Response;
using sdk::ErrorKind;
using std::chrono::milliseconds;
using std::chrono::seconds;
using std::chrono::steady_clock;
using support::HttpTurn;
using support::ScriptedHttpServer;

inline Options plain() {
    Options options;
    options.plain = true;
    options.connect_timeout = seconds(60);
    options.timeout = seconds(60);
    options.stall = seconds(60);
    return options;
}

inline Request get(std::string url, std::uint64_t from = 0) {
    Request request;
    request.url = std::move(url);
    request.from = from;
    return request;
}

inline ErrorKind kind_of(const sdk::Result<Response>& response) {
    EXPECT_FALSE(response.ok());
    return response ? ErrorKind::Internal : response.error().kind;
}

inline const std::string image(100'000, 'i');

/// Serves `image`, whole or from where it is asked for.
inline void serve_image(HttpTurn& turn) {
    const auto range = turn.request.header("range");
    if (range.empty()) return turn.answer(200, image);
    const auto from = std::stoul(range.substr(6));
    turn.answer(206, image.substr(from),
                {{"Content-Range", "bytes " + std::to_string(from) + "-" +
                                       std::to_string(image.size() - 1) + "/" +
                                       std::to_string(image.size())}});
}

}  // namespace ajour::integration
