// SPDX-License-Identifier: Apache-2.0
#include "coap_transport.hpp"

#include <algorithm>
#include <fstream>

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

std::filesystem::path port_file(const sdk::Host& host) {
    return host.state_directory() / "port";
}

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
      metrics_(host) {}

CoapTransport::~CoapTransport() {
    stop();
}

sdk::Result<void> CoapTransport::start(sdk::Inbox& inbox) {
    if (!loops_.empty()) return sdk::Error{sdk::ErrorKind::Internal, "started twice"};
    if (auto opened = open(inbox); !opened) {
        loops_.clear();
        return opened;
    }
    announce();
    for (const auto& loop : loops_) loop->spawn();
    return {};
}

/// Threads share a port, which any process of the same user could then share as well: a first
/// socket that does not share shows that nobody else has it.
sdk::Result<void> CoapTransport::open(sdk::Inbox& inbox) {
    const auto& settings = host_.settings();
    const Loop::Service service{limits_, metrics_, inbox, host_};
    UdpSocket::Address address{settings.text("address"),
                               static_cast<std::uint16_t>(settings.integer("port")), false,
                               size_of(settings, "receive.buffer")};
    if (threads_ > 1) {
        const auto alone = UdpSocket::open(address, metrics_.send_failures);
        if (!alone) return alone.error();
        address.port = alone->port();
        address.is_shared = true;
    }
    for (std::size_t i = 0; i < threads_; ++i) {
        auto socket = UdpSocket::open(address, metrics_.send_failures);
        if (!socket) return socket.error();
        loops_.push_back(std::make_unique<Loop>(service, std::move(*socket)));
    }
    return {};
}

void CoapTransport::announce() const {
    const auto& settings = host_.settings();
    const auto& socket = loops_.front()->socket();
    const auto url = "coap://" + address_text(settings.text("address"), socket.port());
    if (socket.buffer_bytes() < size_of(settings, "receive.buffer")) {
        host_.log(sdk::LogLevel::Warning,
                  "receive.buffer: the system gives " + std::to_string(socket.buffer_bytes()) +
                      " bytes only, see net.core.rmem_max; bursts of datagrams may be lost");
    }
    if (!limits_.authenticates) {
        host_.log(sdk::LogLevel::Warning, "AUTHENTICATION IS OFF: whoever reaches " + url +
                                              " can speak as any device (authentication = none)");
    }
    if (!limits_.bounds_amplification) {
        host_.log(sdk::LogLevel::Warning,
                  "amplification = off: " + url +
                      " can be made to send more to a stranger than was sent in his name");
    }
    write_port(port_file(host_), socket.port());
    host_.log(sdk::LogLevel::Info, "listening on " + url);
}

void CoapTransport::stop() {
    if (loops_.empty()) return;
    for (const auto& loop : loops_) loop->drain();
    for (const auto& loop : loops_) loop->join();
    loops_.clear();
    std::error_code ignored;
    std::filesystem::remove(port_file(host_), ignored);
}

}  // namespace ajour::coap
