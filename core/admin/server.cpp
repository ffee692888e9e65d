// SPDX-License-Identifier: Apache-2.0
#include "admin/server.hpp"

#include "admin/connection_handler.hpp"
#include "admin/routes.hpp"

#include <Poco/Exception.h>
#include <Poco/Net/HTTPServer.h>
#include <Poco/Net/HTTPServerParams.h>
#include <Poco/Net/ServerSocket.h>
#include <Poco/Net/SocketAddress.h>
#include <Poco/ThreadPool.h>
#include <Poco/Timespan.h>

#include <utility>

namespace ajour::admin {

using Poco::Net::HTTPServer;
using Poco::Net::HTTPServerParams;
using Poco::Net::ServerSocket;
using sdk::Error;
using sdk::ErrorKind;

namespace {

constexpr int min_threads = 2;

/// Poco wakes the threads that wait for a connection when it stops, but not one that is just about
/// to wait: that one sleeps for this long, and the stop with it.
constexpr std::chrono::seconds longest_idle{1};

Poco::Timespan timespan(std::chrono::seconds seconds) {
    return {seconds.count(), 0};
}

HTTPServerParams::Ptr params_of(const ServerSettings& settings) {
    HTTPServerParams::Ptr params = new HTTPServerParams;
    params->setMaxThreads(settings.max_threads);
    params->setMaxQueued(settings.max_waiting);
    params->setKeepAlive(true);
    params->setKeepAliveTimeout(timespan(settings.keep_alive));
    params->setTimeout(timespan(settings.timeout));
    params->setThreadIdleTime(timespan(longest_idle));
    return params;
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
          pool(min_threads, std::max(settings.max_threads, min_threads)),
          socket(listening_socket(settings)),
          server(new ConnectionHandlerFactory(routes, settings.timeout), pool, socket,
                 params_of(settings)) {
        server.start();
    }

    Dependencies dependencies;
    Routes routes;
    Poco::ThreadPool pool;
    ServerSocket socket;
    HTTPServer server;
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
    if (!running_) return;
    running_->server.stopAll(true);
    running_->pool.joinAll();
    running_.reset();
}

std::uint16_t Server::port() const noexcept {
    return running_ ? running_->socket.address().port() : 0;
}

}  // namespace ajour::admin
