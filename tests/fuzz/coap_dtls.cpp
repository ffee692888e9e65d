// SPDX-License-Identifier: Apache-2.0
// Any datagrams from a few peers at the door of DTLS, with time passing: nothing is kept of who has
// not shown a cookie, he gets no more than three times what he sent, and nothing is delivered.
#include "dtls_sessions.hpp"
#include "support/test_host.hpp"

#include <array>
#include <cstdlib>

namespace {

using namespace ajour;

constexpr std::size_t peers = 4;
constexpr ajour_setting_row no_rows[] = {sdk::end_of_settings};

void require(bool holds) {
    if (!holds) std::abort();
}

class Wire final : public coap::Wire {
public:
    void send(const coap::Peer& peer, sdk::ByteView datagram) noexcept override {
        sent[peer.port % peers] += datagram.size();
    }
    std::array<std::size_t, peers> sent{};
};

class Inbox final : public sdk::Inbox {
public:
    void submit(const sdk::Message&, sdk::Reply&) noexcept override { require(false); }
    sdk::Result<sdk::DeviceKey> key_for(const sdk::DeviceView&,
                                        std::string_view) noexcept override {
        return sdk::Error{sdk::ErrorKind::Unavailable, "ask again"};
    }
    void report_wrong_key(const sdk::DeviceView&, std::string_view) noexcept override {}
    void delayed(const sdk::DeviceView&, const sdk::Delay&) noexcept override {}
    void dropped(const sdk::DeviceView&, sdk::Drop) noexcept override {}
};

coap::DtlsServer& server() {
    static Inbox inbox;
    static const auto opened = coap::DtlsServer::open({"", "", false, true}, inbox);
    require(opened.ok());
    return **opened;
}

/// Takes a datagram from the front: a byte that says of how many bytes, in steps of 2, and those.
sdk::ByteView take_datagram(sdk::ByteView& input) {
    const std::size_t size = std::min<std::size_t>(input.front() * 2U, input.size() - 1);
    const auto datagram = input.subspan(1, size);
    input = input.subspan(1 + size);
    return datagram;
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    static support::TestHost host(no_rows);
    static coap::Metrics metrics(host);
    const coap::SessionLimits limits;
    Wire wire;
    coap::DtlsSessions sessions({limits, metrics, server(), wire},
                                [](const coap::Datagram&, auto) { require(false); });
    std::array<std::size_t, peers> received{};
    sdk::ByteView input(data, size);
    for (std::chrono::milliseconds now{0}; input.size() > 1; now *= 2) {
        const auto from = input.front() % peers;
        now += std::chrono::milliseconds(input.front());
        input = input.subspan(1);
        const auto datagram = take_datagram(input);
        coap::Peer peer;
        peer.port = static_cast<std::uint16_t>(from);
        received[from] += datagram.size();
        const auto identity = coap::offered_identity(datagram);
        require(identity.size() <= datagram.size());
        sessions.receive(peer, datagram, now);
        sessions.advance(now);
        require(wire.sent[from] <= 3 * received[from]);
        require(metrics.handshakes.value() == 0 && metrics.sessions.value() == 0);
        if (now > std::chrono::hours(24)) break;
    }
    return 0;
}
