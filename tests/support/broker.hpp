// SPDX-License-Identifier: Apache-2.0
// A real mosquitto on a free port of 127.0.0.1, as long as the test.
#pragma once

#include "support/free_port.hpp"
#include "support/shell.hpp"
#include "support/temp_directory.hpp"

#include <fcntl.h>
#include <sys/wait.h>
#include <unistd.h>

#include <chrono>
#include <csignal>
#include <cstdint>
#include <stdexcept>
#include <string>
#include <thread>

namespace ajour::support {

/// Whether a broker, and the clients that come with it, are installed.
inline bool has_broker() {
    return has_program("mosquitto_rr") && run_shell("test -x /usr/sbin/mosquitto").code == 0;
}

class Broker {
public:
    static constexpr const char* usual = "persistence false\nset_tcp_nodelay true\n";

    /// `settings` are lines of mosquitto.conf beside the listener's; without any it is open to all.
    explicit Broker(const std::string& settings = std::string(usual) + "allow_anonymous true\n")
        : port_(free_port()) {
        configure(settings);
        start();
    }
    Broker(const Broker&) = delete;
    Broker& operator=(const Broker&) = delete;
    ~Broker() { kill(); }

    /// Takes other settings, from the next start on.
    void configure(const std::string& settings) {
        auto text = "listener " + std::to_string(port_) + " 127.0.0.1\n" + settings;
        if (::geteuid() == 0) text += "user root\n";
        directory_.write("mosquitto.conf", text);
    }

    /// Starts it and waits until it takes connections.
    void start() {
        process_ = spawn();
        for (int i = 0; i < 6000; ++i) {
            if (takes_connections(port_)) return;
            if (::waitpid(process_, nullptr, WNOHANG) != 0) {
                process_ = -1;
                throw std::runtime_error("mosquitto ended: " + log());
            }
            std::this_thread::sleep_for(std::chrono::milliseconds(10));
        }
        throw std::runtime_error("mosquitto takes no connections");
    }

    void kill() {
        if (process_ <= 0) return;
        ::kill(process_, SIGKILL);
        ::waitpid(process_, nullptr, 0);
        process_ = -1;
    }

    /// A hanging broker: it keeps its connections, and reads and writes nothing.
    void freeze() { ::kill(process_, SIGSTOP); }
    void thaw() { ::kill(process_, SIGCONT); }

    std::uint16_t port() const noexcept { return port_; }
    std::string url(const std::string& scheme = "mqtt",
                    const std::string& host = "127.0.0.1") const {
        return scheme + "://" + host + ":" + std::to_string(port_);
    }
    const TempDirectory& directory() const noexcept { return directory_; }
    std::string log() const { return content_of(directory_.path() / "log"); }

private:
    pid_t spawn() const {
        const auto config = (directory_.path() / "mosquitto.conf").string();
        const auto log = (directory_.path() / "log").string();
        const pid_t child = ::fork();
        if (child != 0) return child;
        const int file = ::open(log.c_str(), O_WRONLY | O_CREAT | O_APPEND, 0600);
        ::dup2(file, STDOUT_FILENO);
        ::dup2(file, STDERR_FILENO);
        ::execl("/usr/sbin/mosquitto", "mosquitto", "-c", config.c_str(), nullptr);
        ::_exit(127);
    }

    const TempDirectory directory_;
    const std::uint16_t port_;
    pid_t process_ = -1;
};

}  // namespace ajour::support
