// SPDX-License-Identifier: Apache-2.0
#include "door.hpp"

#include <algorithm>

namespace ajour::coap {
namespace {

constexpr int most_batches = 4;

class PlainDoor final : public Door {
public:
    PlainDoor(const Service& service, UdpSocket socket, std::function<void()> wake)
        : Door(std::move(socket)),
          endpoint_({service.limits, service.metrics, service.inbox, socket_}, std::move(wake)) {}

    void advance(Time now) override { endpoint_.advance(now); }
    std::optional<Time> next_due() const noexcept override { return endpoint_.next_due(); }
    bool owes_answers() const noexcept override { return endpoint_.owes_answers(); }

private:
    void take(const DatagramBatch::Received& datagram, Time now) override {
        endpoint_.receive({datagram.peer, datagram.bytes, datagram.is_whole, nullptr, false}, now);
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
    void take(const DatagramBatch::Received& datagram, Time now) override {
        if (datagram.is_whole) sessions_.receive(datagram.peer, datagram.bytes, now);
    }

    const std::unique_ptr<DtlsServer> server_;
    DtlsSessions sessions_;
    Endpoint endpoint_;
};

}  // namespace

/// A batch that is not full has emptied the socket.
void Door::read(DatagramBatch& batch, Time now) {
    for (int i = 0; i < most_batches; ++i) {
        const auto count = batch.read(socket_.descriptor());
        for (std::size_t k = 0; k < count; ++k) take(batch[k], now);
        if (count < DatagramBatch::most) return;
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
