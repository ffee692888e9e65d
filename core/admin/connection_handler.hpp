// SPDX-License-Identifier: Apache-2.0
// Between Poco's requests and ours: reads with bounds, sends. Knows no routes but that they answer.
#pragma once

#include "admin/routes.hpp"

#include <Poco/Net/HTTPRequestHandler.h>
#include <Poco/Net/HTTPRequestHandlerFactory.h>

#include <chrono>

namespace ajour::admin {

class ConnectionHandler final : public Poco::Net::HTTPRequestHandler {
public:
    ConnectionHandler(const Routes& routes, std::chrono::seconds timeout)
        : routes_(routes), timeout_(timeout) {}

    void handleRequest(Poco::Net::HTTPServerRequest& request,
                       Poco::Net::HTTPServerResponse& response) override;

private:
    const Routes& routes_;
    std::chrono::seconds timeout_;
};

class ConnectionHandlerFactory final : public Poco::Net::HTTPRequestHandlerFactory {
public:
    ConnectionHandlerFactory(const Routes& routes, std::chrono::seconds timeout)
        : routes_(routes), timeout_(timeout) {}

    Poco::Net::HTTPRequestHandler* createRequestHandler(
        const Poco::Net::HTTPServerRequest& request) override;

private:
    const Routes& routes_;
    std::chrono::seconds timeout_;
};

}  // namespace ajour::admin
