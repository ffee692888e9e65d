// SPDX-License-Identifier: Apache-2.0
// A real nginx on a free port of 127.0.0.1, as long as the test.
#pragma once

#include "support/free_port.hpp"
#include "support/temp_directory.hpp"

#include <fcntl.h>
#include <sys/wait.h>
#include <unistd.h>

#include <chrono>
#include <csignal>
#include <cstdint>
#include <filesystem>
#include <stdexcept>
#include <string>
#include <thread>

namespace ajour::support {

inline constexpr const char* nginx_program = "/usr/sbin/nginx";

inline bool has_nginx() {
    return ::access(nginx_program, X_OK) == 0;
}

class Nginx {
public:
    /// `servers` is the content of nginx.conf's http block; "{port}" stands for the port, and paths
    /// are relative to `directory`.
    explicit Nginx(std::string servers) : port_(free_port()) {
        const std::string place = "{port}";
        for (auto at = servers.find(place); at != std::string::npos; at = servers.find(place)) {
            servers.replace(at, place.size(), std::to_string(port_));
        }
        directory_.write("nginx.conf", std::string(user()) + head + servers + "}\n");
    }
    Nginx(const Nginx&) = delete;
    Nginx& operator=(const Nginx&) = delete;
    ~Nginx() { kill(); }

    /// Starts it and waits until it takes connections.
    void start() {
        process_ = spawn();
        for (int i = 0; i < 6000; ++i) {
            if (takes_connections(port_)) return;
            if (::waitpid(process_, nullptr, WNOHANG) != 0) {
                process_ = -1;
                throw std::runtime_error("nginx ended: " + content_of(directory_.path() / "log"));
            }
            std::this_thread::sleep_for(std::chrono::milliseconds(10));
        }
        throw std::runtime_error("nginx takes no connections");
    }

    void kill() {
        if (process_ <= 0) return;
        ::kill(process_, SIGKILL);
        ::waitpid(process_, nullptr, 0);
        process_ = -1;
    }

    std::uint16_t port() const noexcept { return port_; }
    const TempDirectory& directory() const noexcept { return directory_; }

private:
    // One process, so that its end is the end of all of it.
    static constexpr const char* head =
        "daemon off; master_process off; pid pid; error_log stderr;\n"
        "events { worker_connections 512; }\n"
        "http { access_log off; client_body_temp_path body; proxy_temp_path proxy;\n"
        "fastcgi_temp_path fastcgi; uwsgi_temp_path uwsgi; scgi_temp_path scgi;\n";

    static const char* user() { return ::geteuid() == 0 ? "user root;\n" : ""; }

    pid_t spawn() const {
        const auto prefix = directory_.path().string() + "/";
        const auto log = prefix + "log";
        const pid_t child = ::fork();
        if (child != 0) return child;
        const int file = ::open(log.c_str(), O_WRONLY | O_CREAT | O_APPEND, 0600);
        ::dup2(file, STDOUT_FILENO);
        ::dup2(file, STDERR_FILENO);
        ::execl(nginx_program, "nginx", "-e", "stderr", "-p", prefix.c_str(), "-c", "nginx.conf",
                nullptr);
        ::_exit(127);
    }

    const TempDirectory directory_;
    const std::uint16_t port_;
    pid_t process_ = -1;
};

}  // namespace ajour::support
