// SPDX-License-Identifier: Apache-2.0
#include "door.hpp"

#include <algorithm>

namespace ajour::coap {
namespace {

constexpr int most_at_once = 64;

class PlainDoor final : public Door {
public:
    PlainDoor(const Service& service, UdpSocket socket, std::function<void()> wake)
        : Door(std::move(socket)),
          endpoint_({service.limits, service.metrics, service.inbox, socket_}, std::move(wake)) {}

    void advance(Time now) override { endpoint_.advance(now); }
    std::optional<Time> next_due() const noexcept override { return endpoint_.next_due(); }
    bool owes_answers() const noexcept override { return endpoint_.owes_answers(); }

private:
    void take(const UdpSocket::Received& received, std::span<std::uint8_t> datagram,
              Time now) override {
        endpoint_.receive({received.peer, datagram, received.is_whole, nullptr, false}, now);
    }

    Endpoint endpoint_;
};

class SecuredDoor final : public Door {
public:
    SecuredDoor(const Service& service, UdpSocket socket, std::unique_ptr<DtlsServer> server,
                std::function<void()> wake)
        : Door(std::move(socket)),
          server_(std::move(server)),
          sessions_(
              {service.session_limits, service.metrics, *server_, socket_},
              [this](const Datagram& datagram, Time now) { endpoint_.receive(datagram, now); }),
          endpoint_({service.secured_limits, service.metrics, service.inbox, sessions_},
                    std::move(wake)) {}

    void advance(Time now) override {
        sessions_.advance(now);
        endpoint_.advance(now);
    }
    std::optional<Time> next_due() const noexcept override {
        const auto first = sessions_.next_due();
        const auto second = endpoint_.next_due();
        return first && second ? std::min(first, second) : std::max(first, second);
    }
    bool owes_answers() const noexcept override { return endpoint_.owes_answers(); }

private:
    /// What is cut cannot be a record.
    void take(const UdpSocket::Received& received, std::span<std::uint8_t> datagram,
              Time now) override {
        if (received.is_whole) sessions_.receive(received.peer, datagram, now);
    }

    const std::unique_ptr<DtlsServer> server_;
    DtlsSessions sessions_;
    Endpoint endpoint_;
};

}  // namespace

void Door::read(std::span<std::uint8_t> room, Time now) {
    for (int i = 0; i < most_at_once; ++i) {
        const auto received = socket_.receive(room);
        if (!received) return;
        take(*received, room.first(received->size), now);
    }
}

std::unique_ptr<Door> make_plain_door(const Door::Service& service, UdpSocket socket,
                                      std::function<void()> wake) {
    return std::make_unique<PlainDoor>(service, std::move(socket), std::move(wake));
}

std::unique_ptr<Door> make_secured_door(const Door::Service& service, UdpSocket socket,
                                        std::unique_ptr<DtlsServer> server,
                                        std::function<void()> wake) {
    return std::make_unique<SecuredDoor>(service, std::move(socket), std::move(server),
                                         std::move(wake));
}

}  // namespace ajour::coap
