// SPDX-License-Identifier: Apache-2.0
// The admin server on a free port, with a store of its own, and ways to talk to it.
#pragma once

#include "admin/client.hpp"
#include "admin/server.hpp"
#include "json/json.hpp"
#include "store/database.hpp"
#include "store/objects.hpp"
#include "store/tokens.hpp"
#include "store/withdrawn.hpp"
#include "support/temp_directory.hpp"

#include <arpa/inet.h>
#include <gtest/gtest.h>
#include <netinet/in.h>
#include <poll.h>
#include <sys/socket.h>
#include <unistd.h>

#include <chrono>
#include <cstdio>
#include <memory>
#include <mutex>
#include <optional>
#include <string>
#include <vector>

namespace ajour::admin {

/// A TCP connection to the loopback interface; every wait is bounded.
class RawConnection {
public:
    explicit RawConnection(std::uint16_t port) : socket_(::socket(AF_INET, SOCK_STREAM, 0)) {
        sockaddr_in address{};
        address.sin_family = AF_INET;
        address.sin_port = htons(port);
        address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
        if (::connect(socket_, reinterpret_cast<sockaddr*>(&address), sizeof address) != 0) {
            throw std::runtime_error("no connection");
        }
    }
    ~RawConnection() { ::close(socket_); }
    RawConnection(const RawConnection&) = delete;
    RawConnection& operator=(const RawConnection&) = delete;

    bool send(std::string_view bytes) const {
        while (!bytes.empty()) {
            const auto sent = ::send(socket_, bytes.data(), bytes.size(), MSG_NOSIGNAL);
            if (sent <= 0) return false;
            bytes.remove_prefix(static_cast<std::size_t>(sent));
        }
        return true;
    }

    /// All that comes until the other side closes, or until `wait` passes without a byte.
    std::string receive(std::chrono::milliseconds wait) const {
        std::string received;
        char buffer[4096];
        pollfd waited{socket_, POLLIN, 0};
        while (::poll(&waited, 1, static_cast<int>(wait.count())) > 0) {
            const auto count = ::recv(socket_, buffer, sizeof buffer, 0);
            if (count <= 0) break;
            received.append(buffer, static_cast<std::size_t>(count));
        }
        return received;
    }

    bool is_closed_within(std::chrono::milliseconds wait) const {
        pollfd waited{socket_, POLLIN, 0};
        char byte = 0;
        return ::poll(&waited, 1, static_cast<int>(wait.count())) > 0 &&
               ::recv(socket_, &byte, 1, MSG_PEEK) <= 0;
    }

private:
    int socket_;
};

struct RunningAdmin : testing::Test {
    static constexpr std::string_view apps = "/api/registry/v1alpha1/apps";

    void start(ServerSettings settings = {}) {
        settings.port = 0;
        Dependencies dependencies{
            .objects = *objects,
            .tokens = *tokens,
            .withdrawn = *withdrawn,
            .version = "1.2.3",
            .readiness =
                [this] {
                    const std::lock_guard lock(mutex);
                    return readiness;
                },
            .metrics = [] { return std::string("# TYPE ajour_up gauge\najour_up 1\n"); },
            .hook =
                [this](std::string_view plugin, const sdk::HookRequest& request) {
                    const std::lock_guard lock(mutex);
                    return hook(plugin, request);
                },
            .login =
                [this](const sdk::Message& message) {
                    const std::lock_guard lock(mutex);
                    return login(message);
                },
            .status = {},
            .withdrawn_changed = {},
            .log =
                [this](sdk::LogLevel, std::string_view line) {
                    const std::lock_guard lock(mutex);
                    log += std::string(line) + "\n";
                },
            .updates =
                [this](const std::string& application) {
                    const std::lock_guard lock(mutex);
                    return updates(application);
                }};
        auto started = Server::start(settings, std::move(dependencies));
        if (!started) throw std::runtime_error(started.error().text);
        server = *std::move(started);
    }

    void SetUp() override { start(); }

    Client client(const std::string& with_token) const {
        return *Client::make(
            {.server = "http://127.0.0.1:" + std::to_string(server->port()), .token = with_token});
    }

    ClientResponse ask(std::string_view method, const std::string& path,
                       const std::string& body = {}) const {
        auto response = client(token).request(method, path, body);
        if (!response) throw std::runtime_error(response.error().text);
        return *std::move(response);
    }

    std::string apps_path(const std::string& rest = {}) const { return std::string(apps) + rest; }

    /// What curl prints: body, then the status in a last line.
    std::string curl(const std::string& arguments) const {
        const auto command =
            "curl --silent --max-time 10 --write-out '\\n%{http_code}' " + arguments;
        FILE* pipe = ::popen(command.c_str(), "r");
        std::string printed;
        char buffer[4096];
        for (std::size_t n = 0; (n = ::fread(buffer, 1, sizeof buffer, pipe)) > 0;) {
            printed.append(buffer, n);
        }
        ::pclose(pipe);
        return printed;
    }

    std::string url(const std::string& path) const {
        return "http://127.0.0.1:" + std::to_string(server->port()) + path;
    }

    using Hook = std::function<sdk::Result<void>(std::string_view, const sdk::HookRequest&)>;

    void set_hook(Hook used) {
        const std::lock_guard lock(mutex);
        hook = std::move(used);
    }
    using Pieces = std::function<std::optional<Json>()>;
    void set_updates(std::function<Pieces(const std::string&)> listed) {
        const std::lock_guard lock(mutex);
        updates = std::move(listed);
    }
    void set_readiness(std::vector<Readiness> told) {
        const std::lock_guard lock(mutex);
        readiness = std::move(told);
    }
    std::string logged() {
        const std::lock_guard lock(mutex);
        return log;
    }

    support::TempDirectory directory;
    std::unique_ptr<store::Database> database =
        *store::Database::open(directory.path() / "ajour.db");
    std::unique_ptr<store::Objects> objects = std::make_unique<store::Objects>(*database);
    std::unique_ptr<store::Tokens> tokens = *store::Tokens::load(*database);
    std::unique_ptr<store::Withdrawn> withdrawn = *store::Withdrawn::load(*database);
    std::string token = tokens->create("test")->secret;
    std::mutex mutex;  ///< guards what follows, as the server's threads use it
    std::vector<Readiness> readiness;
    std::function<Pieces(const std::string&)> updates = [](const std::string&) {
        return [] { return std::optional<Json>(); };
    };
    Hook hook = [](std::string_view, const sdk::HookRequest&) { return sdk::Result<void>(); };
    std::function<sdk::Result<void>(const sdk::Message&)> login = [](const sdk::Message&) {
        return sdk::Result<void>();
    };
    std::string log;
    std::unique_ptr<Server> server;
};

}  // namespace ajour::admin
