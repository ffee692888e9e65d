// SPDX-License-Identifier: Apache-2.0
#include "coap_transport.hpp"

#include <algorithm>
#include <fstream>
#include <stdexcept>
#include <utility>

namespace ajour::coap {
namespace {

std::size_t size_of(const sdk::Settings& settings, std::string_view key) {
    return static_cast<std::size_t>(settings.integer(key));
}

/// Of one thread: a peer always comes to the same one.
Limits limits_of(const sdk::Settings& settings, std::size_t threads) {
    const auto share = [&](std::string_view key) {
        return std::max<std::size_t>(1, size_of(settings, key) / threads);
    };
    Limits limits;
    limits.datagram_bytes = size_of(settings, "datagram.max");
    limits.body_bytes = size_of(settings, "body.max");
    limits.memory_bytes = share("duplicates.memory");
    limits.exchanges = share("exchanges.max");
    limits.transfers = share("transfers.max");
    limits.verified = share("verified.max");
    limits.lifetime = settings.duration("exchanges.lifetime");
    limits.verified_for = settings.duration("verified.lifetime");
    limits.acknowledge = settings.duration("timeout.acknowledge");
    limits.retransmit = settings.duration("timeout.retransmit");
    limits.retransmissions = static_cast<int>(settings.integer("retransmissions.max"));
    limits.answer = settings.duration("timeout.answer");
    limits.answer_max = settings.duration("timeout.answer_max");
    limits.stop = settings.duration("timeout.stop");
    limits.authenticates = settings.text("authentication") != "none";
    limits.bounds_amplification = settings.text("amplification") != "off";
    return limits;
}

/// What DTLS takes of a datagram: header, nonce and tag of a record.
constexpr std::size_t record_overhead = 40;

Limits secured(Limits limits) {
    limits.datagram_bytes -= record_overhead;
    return limits;
}

SessionLimits session_limits_of(const sdk::Settings& settings, std::size_t threads) {
    const auto share = [&](std::string_view key) {
        return std::max<std::size_t>(1, size_of(settings, key) / threads);
    };
    SessionLimits limits;
    limits.sessions = share("tls.sessions.max");
    limits.live = share("tls.sessions.live");
    limits.handshakes = share("tls.handshakes.max");
    limits.datagram_bytes = size_of(settings, "datagram.max");
    limits.handshake = settings.duration("tls.timeout.handshake");
    limits.idle = settings.duration("tls.timeout.idle");
    return limits;
}

DtlsSettings tls_of(const sdk::Settings& settings) {
    DtlsSettings tls{settings.text("tls.certificate"), settings.text("tls.key"),
                     settings.boolean("tls.client_certificates"), settings.boolean("tls.psk")};
    if (tls.certificate.empty() != tls.key.empty()) {
        throw std::runtime_error("tls.certificate and tls.key: one is set, expected both or none");
    }
    if (tls.asks_clients && tls.certificate.empty()) {
        throw std::runtime_error(
            "tls.client_certificates is set, expected tls.certificate and tls.key too");
    }
    if (!settings.boolean("plain") && !tls.is_enabled()) {
        throw std::runtime_error("plain is false, expected tls.psk or tls.certificate");
    }
    return tls;
}

/// Throws what is wrong with the files.
void try_tls(const DtlsSettings& tls) {
    if (!tls.is_enabled()) return;
    const auto nobody = [](const sdk::DeviceView&) {
        return sdk::Error{sdk::ErrorKind::NotFound, "only a try"};
    };
    if (auto opened = DtlsServer::open(tls, nobody); !opened) {
        throw std::runtime_error(opened.error().text);
    }
}

constexpr const char* plain_port_file = "port";
constexpr const char* secured_port_file = "tls.port";

void write_port(const std::filesystem::path& file, std::uint16_t port) {
    const auto fresh = std::filesystem::path(file) += ".new";
    std::ofstream(fresh) << port << '\n';
    std::filesystem::rename(fresh, file);
}

}  // namespace

CoapTransport::CoapTransport(sdk::Host& host)
    : host_(host),
      threads_(size_of(host.settings(), "threads")),
      limits_(limits_of(host.settings(), threads_)),
      secured_limits_(secured(limits_)),
      session_limits_(session_limits_of(host.settings(), threads_)),
      tls_(tls_of(host.settings())),
      is_plain_(host.settings().boolean("plain")),
      metrics_(host) {
    const auto address = host.settings().text("address");
    if (!is_ip_address(address)) {
        throw std::runtime_error("the address to listen on is '" + address +
                                 "', expected an IP address");
    }
    try_tls(tls_);
}

CoapTransport::~CoapTransport() {
    stop();
}

sdk::Result<void> CoapTransport::start(sdk::Inbox& inbox) {
    if (!loops_.empty()) return sdk::Error{sdk::ErrorKind::Internal, "started twice"};
    if (auto opened = open(inbox); !opened) {
        servers_.clear();
        loops_.clear();
        return opened;
    }
    warn();
    for (const auto& loop : loops_) loop->spawn();
    return {};
}

sdk::Result<void> CoapTransport::open(sdk::Inbox& inbox) {
    const Door::Service service{limits_, secured_limits_, session_limits_, metrics_, inbox, host_};
    for (std::size_t i = 0; i < threads_; ++i) loops_.push_back(std::make_unique<Loop>(service));
    if (is_plain_) {
        const auto port = open_plain();
        if (!port) return port.error();
        announce("coap://", *port, plain_port_file);
    }
    if (tls_.is_enabled()) {
        const auto port = open_secured(inbox);
        if (!port) return port.error();
        announce("coaps://", *port, secured_port_file);
    }
    return {};
}

sdk::Result<std::uint16_t> CoapTransport::open_plain() {
    auto opened = sockets("port");
    if (!opened) return opened.error();
    const auto port = opened->front().port();
    for (std::size_t i = 0; i < threads_; ++i) loops_[i]->open(std::move((*opened)[i]));
    return port;
}

sdk::Result<std::uint16_t> CoapTransport::open_secured(sdk::Inbox& inbox) {
    auto opened = sockets("tls.port");
    if (!opened) return opened.error();
    const auto port = opened->front().port();
    for (std::size_t i = 0; i < threads_; ++i) {
        auto server = DtlsServer::open(
            tls_, [&inbox](const sdk::DeviceView& device) { return inbox.key_for(device); });
        if (!server) return server.error();
        servers_.push_back(server->get());
        loops_[i]->open(std::move((*opened)[i]), std::move(*server));
    }
    return port;
}

/// Where there was no certificate, or pre-shared keys were not taken, that takes a restart.
sdk::Result<std::vector<std::string>> CoapTransport::reload(const sdk::Settings& settings) {
    auto wanted = tls_of(settings);
    wanted.takes_keys = tls_.takes_keys;
    if (servers_.empty() || wanted.certificate.empty() || tls_.certificate.empty()) {
        return std::vector<std::string>();
    }
    try_tls(wanted);  // so that all threads take it over, or none
    for (auto* server : servers_) {
        if (auto reloaded = server->reload(wanted); !reloaded) return reloaded.error();
    }
    host_.log(sdk::LogLevel::Info,
              "new sessions get the certificate that is in " + wanted.certificate + " now");
    return std::vector<std::string>{"tls.certificate", "tls.key", "tls.client_certificates"};
}

/// One for each thread. They share a port, which any process of the same user could then share as
/// well: a first socket that does not share shows that nobody else has it.
sdk::Result<std::vector<UdpSocket>> CoapTransport::sockets(std::string_view port_key) {
    const auto& settings = host_.settings();
    UdpSocket::Address address{settings.text("address"),
                               static_cast<std::uint16_t>(settings.integer(port_key)), false,
                               size_of(settings, "receive.buffer")};
    if (threads_ > 1) {
        const auto alone = UdpSocket::open(address, metrics_.send_failures);
        if (!alone) return alone.error();
        address.port = alone->port();
        address.is_shared = true;
    }
    std::vector<UdpSocket> opened;
    while (opened.size() < threads_) {
        auto socket = UdpSocket::open(address, metrics_.send_failures);
        if (!socket) return socket.error();
        opened.push_back(std::move(*socket));
    }
    const auto given = opened.front().buffer_bytes();
    if (given < address.buffer_bytes) {
        host_.log(sdk::LogLevel::Warning,
                  "receive.buffer: the system gives " + std::to_string(given) +
                      " bytes only, see net.core.rmem_max; bursts of datagrams may be lost");
    }
    return opened;
}

void CoapTransport::announce(const std::string& scheme, std::uint16_t port,
                             const char* file) const {
    write_port(host_.state_directory() / file, port);
    host_.log(sdk::LogLevel::Info,
              "listening on " + scheme + address_text(host_.settings().text("address"), port));
}

void CoapTransport::warn() const {
    if (!limits_.authenticates) {
        host_.log(sdk::LogLevel::Warning,
                  "AUTHENTICATION IS OFF: whoever reaches this transport can speak as any device "
                  "(authentication = none)");
    }
    if (is_plain_ && !limits_.bounds_amplification) {
        host_.log(sdk::LogLevel::Warning,
                  "amplification = off: this server can be made to send more to a stranger than "
                  "was sent in his name");
    }
}

void CoapTransport::stop() {
    if (loops_.empty()) return;
    for (const auto& loop : loops_) loop->drain();
    for (const auto& loop : loops_) loop->join();
    servers_.clear();
    loops_.clear();
    std::error_code ignored;
    for (const auto* file : {plain_port_file, secured_port_file}) {
        std::filesystem::remove(host_.state_directory() / file, ignored);
    }
}

}  // namespace ajour::coap
