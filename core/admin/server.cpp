// SPDX-License-Identifier: Apache-2.0
#include "admin/server.hpp"

#include "admin/acceptor.hpp"
#include "admin/connection_handler.hpp"
#include "admin/routes.hpp"

#include <Poco/Exception.h>
#include <Poco/Net/HTTPServerParams.h>
#include <Poco/Net/ServerSocket.h>
#include <Poco/Net/SocketAddress.h>
#include <Poco/Timespan.h>

#include <utility>

namespace ajour::admin {

using Poco::Net::HTTPServerParams;
using Poco::Net::ServerSocket;
using sdk::Error;
using sdk::ErrorKind;

namespace {

Poco::Timespan timespan(std::chrono::seconds seconds) {
    return {seconds.count(), 0};
}

HTTPServerParams::Ptr params_of(const ServerSettings& settings) {
    HTTPServerParams::Ptr params = new HTTPServerParams;
    params->setKeepAlive(true);
    params->setKeepAliveTimeout(timespan(settings.keep_alive));
    params->setTimeout(timespan(settings.timeout));
    return params;
}

Acceptor::Limits limits_of(const ServerSettings& settings) {
    return {static_cast<std::size_t>(settings.max_threads),
            static_cast<std::size_t>(settings.max_waiting)};
}

/// Without SO_REUSEPORT: a second server on the same port is a mistake to be told of.
ServerSocket listening_socket(const ServerSettings& settings) {
    ServerSocket socket;
    socket.bind(Poco::Net::SocketAddress(settings.host, settings.port), true, false);
    socket.listen(settings.max_waiting);
    return socket;
}

}  // namespace

struct Server::Running {
    Running(const ServerSettings& settings, Dependencies given)
        : dependencies(std::move(given)),
          routes(settings, dependencies),
          socket(listening_socket(settings)),
          acceptor(socket, params_of(settings),
                   new ConnectionHandlerFactory(routes, settings.timeout), limits_of(settings)) {}

    Dependencies dependencies;
    Routes routes;
    ServerSocket socket;
    Acceptor acceptor;
};

sdk::Result<std::unique_ptr<Server>> Server::start(const ServerSettings& settings,
                                                   Dependencies dependencies) {
    const auto place = "admin listening on " + settings.host + ":" + std::to_string(settings.port);
    try {
        return std::unique_ptr<Server>(
            new Server(std::make_unique<Running>(settings, std::move(dependencies))));
    } catch (const Poco::Exception& thrown) {
        return Error{ErrorKind::Unavailable, thrown.displayText()}.in(place);
    } catch (const std::exception& thrown) {
        return Error{ErrorKind::Internal, thrown.what()}.in(place);
    }
}

Server::Server(std::unique_ptr<Running> running) : running_(std::move(running)) {}

Server::~Server() {
    stop();
}

void Server::stop() {
    running_.reset();
}

std::uint16_t Server::port() const noexcept {
    return running_ ? running_->socket.address().port() : 0;
}

}  // namespace ajour::admin
