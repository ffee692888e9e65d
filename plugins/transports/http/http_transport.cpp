// SPDX-License-Identifier: Apache-2.0
#include "http_transport.hpp"

#include <sys/resource.h>

#include <algorithm>
#include <fstream>
#include <future>
#include <stdexcept>
#include <string>

namespace ajour::http {
namespace {

constexpr std::size_t most_chain_bytes = 5000;
constexpr rlim_t other_descriptors = 256;

std::size_t size_of(const sdk::Settings& settings, std::string_view key) {
    return static_cast<std::size_t>(settings.integer(key));
}

Limits limits_of(const sdk::Settings& settings) {
    Limits limits;
    limits.connections = size_of(settings, "connections.max");
    limits.header_bytes = size_of(settings, "header.max");
    limits.body_bytes = size_of(settings, "body.max");
    limits.handshake = settings.duration("timeout.handshake");
    limits.request = settings.duration("timeout.request");
    limits.idle = settings.duration("timeout.idle");
    limits.write = settings.duration("timeout.write");
    limits.answer = settings.duration("timeout.answer");
    limits.answer_max = settings.duration("timeout.answer_max");
    limits.stop = settings.duration("timeout.stop");
    limits.authenticates = settings.text("authentication") != "none";
    return limits;
}

TlsFiles files_of(const sdk::Settings& settings) {
    TlsFiles files{settings.text("tls.certificate"), settings.text("tls.key"),
                   settings.boolean("tls.client_certificates")};
    if (files.certificate.empty() != files.key.empty()) {
        throw std::runtime_error("tls.certificate and tls.key: one is set, expected both or none");
    }
    if (files.asks_clients && files.certificate.empty()) {
        throw std::runtime_error(
            "tls.client_certificates is set, expected tls.certificate and tls.key too");
    }
    return files;
}

/// The soft limit is often 1024. Returns how many descriptors there can be.
rlim_t raise_descriptor_limit(rlim_t wanted) {
    rlimit limit{};
    if (::getrlimit(RLIMIT_NOFILE, &limit) != 0 || limit.rlim_cur >= wanted) return limit.rlim_cur;
    limit.rlim_cur = std::min(wanted, limit.rlim_max);
    ::setrlimit(RLIMIT_NOFILE, &limit);
    return limit.rlim_cur;
}

std::filesystem::path port_file(const sdk::Host& host) {
    return host.state_directory() / "port";
}

void write_port(const std::filesystem::path& file, std::uint16_t port) {
    const auto fresh = std::filesystem::path(file) += ".new";
    std::ofstream(fresh) << port << '\n';
    std::filesystem::rename(fresh, file);
}

}  // namespace

HttpTransport::HttpTransport(sdk::Host& host)
    : host_(host), limits_(limits_of(host.settings())), metrics_(host) {
    if (auto checked = Listener::check(host.settings().text("address")); !checked) {
        throw std::runtime_error(checked.error().text);
    }
    tls_.replace(load_tls(files_of(host.settings())));
}

HttpTransport::~HttpTransport() {
    stop();
}

sdk::Result<void> HttpTransport::start(sdk::Inbox& inbox) {
    if (!loops_.empty()) return sdk::Error{sdk::ErrorKind::Internal, "started twice"};
    if (auto opened = open(inbox); !opened) {
        loops_.clear();
        return opened;
    }
    announce();
    listener_->begin();
    for (const auto& loop : loops_) loop->spawn();
    return {};
}

/// Null: plain HTTP.
SslContext HttpTransport::load_tls(const TlsFiles& files) const {
    if (files.certificate.empty()) return nullptr;
    auto opened = open_tls(files);
    if (!opened) throw std::runtime_error(opened.error().text);
    if (chain_bytes(opened->get()) > most_chain_bytes) {
        host_.log(
            sdk::LogLevel::Warning,
            "the certificate chain is larger than the 6000-byte records of embedded TLS clients");
    }
    return std::move(*opened);
}

/// Between plain and TLS there is no way but a restart.
sdk::Result<std::vector<std::string>> HttpTransport::reload(const sdk::Settings& settings) {
    auto fresh = load_tls(files_of(settings));
    if (!fresh || !tls_.is_open()) return std::vector<std::string>();
    host_.log(sdk::LogLevel::Info,
              "new connections get the certificate " + certificate_text(fresh.get()));
    tls_.replace(std::move(fresh));
    return std::vector<std::string>{"tls.certificate", "tls.key", "tls.client_certificates"};
}

sdk::Result<void> HttpTransport::open(sdk::Inbox& inbox) {
    const auto& settings = host_.settings();
    const Loop::Service service{limits_, metrics_, inbox, host_, tls_};
    for (std::int64_t i = 0; i < settings.integer("threads"); ++i) {
        loops_.push_back(std::make_shared<Loop>(service));
    }
    auto opened = Listener::open(settings.text("address"),
                                 static_cast<std::uint16_t>(settings.integer("port")), loops_);
    if (!opened) return opened.error();
    listener_ = std::move(*opened);
    return {};
}

void HttpTransport::announce() const {
    const auto wanted = static_cast<rlim_t>(limits_.connections) + other_descriptors;
    const auto have = raise_descriptor_limit(wanted);
    if (have < wanted) {
        host_.log(sdk::LogLevel::Warning,
                  "connections.max = " + std::to_string(limits_.connections) + " needs " +
                      std::to_string(wanted) + " file descriptors, this process may open " +
                      std::to_string(have));
    }
    const std::string url = (tls_.is_open() ? "https://" : "http://") + listener_->address();
    if (!limits_.authenticates) {
        host_.log(sdk::LogLevel::Warning, "AUTHENTICATION IS OFF: whoever reaches " + url +
                                              " can speak as any device (authentication = none)");
    }
    write_port(port_file(host_), listener_->port());
    host_.log(sdk::LogLevel::Info, "listening on " + url);
}

void HttpTransport::stop() {
    if (loops_.empty()) return;
    close_listener();
    for (const auto& loop : loops_) loop->drain();
    for (const auto& loop : loops_) loop->join();
    listener_.reset();
    loops_.clear();
    std::error_code ignored;
    std::filesystem::remove(port_file(host_), ignored);
}

/// Waits, so that no connection is dealt out to a loop that has begun to end.
void HttpTransport::close_listener() {
    std::promise<void> closed;
    loops_.front()->post([&] {
        listener_->close();
        closed.set_value();
    });
    closed.get_future().wait();
}

}  // namespace ajour::http
