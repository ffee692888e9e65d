// SPDX-License-Identifier: Apache-2.0
// A real docker-registry (distribution 2.8) on a free port of 127.0.0.1, as long as the test.
#pragma once

#include "support/broker.hpp"
#include "support/shell.hpp"
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

inline bool has_oci_registry() {
    return has_program("docker-registry");
}

class OciRegistry {
public:
    /// `settings` are more of its YAML; `http` more of its section "http".
    explicit OciRegistry(const std::string& settings = "", const std::string& http = "")
        : port_(free_port()) {
        directory_.write(
            "config.yml",
            "version: 0.1\nlog: {level: error, accesslog: {disabled: true}}\nstorage:\n"
            "  filesystem: {rootdirectory: " +
                (directory_.path() / "data").string() +
                "}\n  delete: {enabled: true}\nhttp:\n  addr: 127.0.0.1:" + std::to_string(port_) +
                "\n" + http + settings);
        start();
    }
    OciRegistry(const OciRegistry&) = delete;
    OciRegistry& operator=(const OciRegistry&) = delete;
    ~OciRegistry() { kill(); }

    void start() {
        process_ = spawn();
        for (int i = 0; i < 6000; ++i) {
            if (takes_connections()) return;
            if (::waitpid(process_, nullptr, WNOHANG) != 0) {
                process_ = -1;
                throw std::runtime_error("docker-registry ended: " + log());
            }
            std::this_thread::sleep_for(std::chrono::milliseconds(10));
        }
        throw std::runtime_error("docker-registry takes no connections");
    }

    void kill() {
        if (process_ <= 0) return;
        ::kill(process_, SIGKILL);
        ::waitpid(process_, nullptr, 0);
        process_ = -1;
    }

    /// A hanging server: it keeps its connections, and reads and writes nothing.
    void freeze() { ::kill(process_, SIGSTOP); }
    void thaw() { ::kill(process_, SIGCONT); }

    /// "127.0.0.1:5000"
    std::string host() const { return "127.0.0.1:" + std::to_string(port_); }
    const TempDirectory& directory() const noexcept { return directory_; }
    std::string log() const { return content_of(directory_.path() / "log"); }

    /// The file in which it has a blob.
    std::filesystem::path file_of(const std::string& digest) const {
        const auto hex = digest.substr(digest.find(':') + 1);
        return directory_.path() / "data/docker/registry/v2/blobs/sha256" / hex.substr(0, 2) / hex /
               "data";
    }

private:
    pid_t spawn() const {
        const auto config = (directory_.path() / "config.yml").string();
        const auto log = (directory_.path() / "log").string();
        const pid_t child = ::fork();
        if (child != 0) return child;
        const int file = ::open(log.c_str(), O_WRONLY | O_CREAT | O_APPEND, 0600);
        ::dup2(file, STDOUT_FILENO);
        ::dup2(file, STDERR_FILENO);
        ::execlp("docker-registry", "docker-registry", "serve", config.c_str(), nullptr);
        ::_exit(127);
    }

    bool takes_connections() const {
        const int probe = ::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
        sockaddr_in address{};
        address.sin_family = AF_INET;
        address.sin_port = htons(port_);
        address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
        const auto* any = reinterpret_cast<const sockaddr*>(&address);
        const bool taken = ::connect(probe, any, sizeof address) == 0;
        ::close(probe);
        return taken;
    }

    const TempDirectory directory_;
    const std::uint16_t port_;
    pid_t process_ = -1;
};

}  // namespace ajour::support
