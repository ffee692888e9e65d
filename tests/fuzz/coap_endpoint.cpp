// SPDX-License-Identifier: Apache-2.0
// Any sequence of datagrams from a few peers, with time passing and a host that answers now, later
// or never: no peer gets more than three times what it sent unless it proved its address, nothing
// grows beyond its bound, and all that is sent is well-formed.
#include "endpoint.hpp"
#include "support/coap_message.hpp"
#include "support/test_host.hpp"

#include <array>
#include <cstdlib>
#include <deque>
#include <string>

namespace {

using namespace ajour;
using namespace std::chrono_literals;
using support::coap_block;
using support::CoapMessage;
namespace names = support::coap_option;

constexpr std::size_t peers = 4;
constexpr ajour_setting_row no_rows[] = {sdk::end_of_settings};

void require(bool holds) {
    if (!holds) std::abort();
}

/// The input as numbers; zeros when it ends.
class Input {
public:
    Input(const std::uint8_t* data, std::size_t size) : bytes_(data, size) {}
    bool ended() const { return bytes_.empty(); }
    std::uint8_t byte() {
        if (bytes_.empty()) return 0;
        const auto first = bytes_.front();
        bytes_ = bytes_.subspan(1);
        return first;
    }
    std::string bytes() {
        const std::size_t length = byte();
        const auto taken = bytes_.first(std::min(length, bytes_.size()));
        bytes_ = bytes_.subspan(taken.size());
        return std::string(sdk::text_of(taken));
    }

private:
    sdk::ByteView bytes_;
};

coap::Limits small_limits() {
    coap::Limits limits;
    limits.datagram_bytes = 300;
    limits.body_bytes = 200;
    limits.memory_bytes = 4096;
    limits.exchanges = 5;
    limits.transfers = 3;
    limits.verified = 8;
    limits.verified_for = 60s;
    return limits;
}

/// Answers with a size that depends on the payload, now, later, or not at all.
class Inbox final : public sdk::Inbox {
public:
    void submit(const sdk::Message& message, sdk::Reply& reply) noexcept override {
        const std::uint8_t seed =
            message.payload.empty() ? std::uint8_t{0} : message.payload.front();
        require(message.room > 0 && !message.device.device.empty() && !message.peer.empty());
        if (seed < 100) return reply.send(answer_of(message, seed));
        if (seed < 120) return reply.refuse(static_cast<sdk::ErrorKind>(seed % 9));
        if (seed < 130) return;
        if (auto later = reply.later(); later && seed < 250) replies_.push_back(std::move(later));
        require(replies_.size() <= 200);
    }
    sdk::Result<sdk::DeviceKey> key_for(const sdk::DeviceView&,
                                        std::string_view) noexcept override {
        return sdk::Error{sdk::ErrorKind::NotFound, "there are no keys"};
    }
    void report_wrong_key(const sdk::DeviceView&, std::string_view) noexcept override {}
    void delayed(const sdk::DeviceView&, const sdk::Delay&) noexcept override {}
    void dropped(const sdk::DeviceView&, sdk::Drop) noexcept override {}
    void answer(std::uint8_t which, std::uint8_t size) {
        if (replies_.empty()) return;
        const auto chosen = replies_.begin() + which % static_cast<int>(replies_.size());
        const sdk::Bytes command(size * 2U, 'c');
        (which & 0x80) != 0 ? (*chosen)->refuse(sdk::ErrorKind::Full) : (*chosen)->send(command);
        replies_.erase(chosen);
    }

private:
    sdk::ByteView answer_of(const sdk::Message& message, std::uint8_t seed) {
        const auto size = seed < 50 ? message.room : seed * 10U;
        command_.assign(std::min<std::size_t>(size, 2000), 'c');
        return command_;
    }
    sdk::Bytes command_;
    std::deque<std::unique_ptr<sdk::Reply>> replies_;
};

class Wire final : public coap::Wire {
public:
    void send(const coap::Peer& peer, sdk::ByteView datagram) noexcept override {
        const auto message = support::decode(sdk::text_of(datagram));
        require(message.has_value() && !datagram.empty() && datagram.size() <= 300);
        require(coap::parse(datagram).flaw == coap::Flaw::None);
        last[peer.port % peers] = *message;
        if (message->has(names::echo)) echo[peer.port % peers] = message->option(names::echo);
        sent[peer.port % peers] += datagram.size();
    }
    std::array<std::size_t, peers> sent{};
    std::array<CoapMessage, peers> last;
    std::array<std::string, peers> echo;
};

class Play {
public:
    Play(const std::uint8_t* data, std::size_t size, coap::Metrics& metrics)
        : input_(data, size), metrics_(metrics) {}

    void run() {
        for (int actions = 0; actions < 300 && !input_.ended(); ++actions) {
            act();
            check();
        }
    }

private:
    void act() {
        const auto action = input_.byte();
        const auto from = action % peers;
        switch (action / peers % 8) {
            case 0:
                return put(from, input_.bytes());
            case 1:
            case 2:
                return put(from, encode(status()));
            case 3:
                return prove(from);
            case 4:
                return settle(from);
            case 5:
                inbox_.answer(input_.byte(), input_.byte());
                return endpoint_.advance(now_);
            default:
                now_ += std::chrono::milliseconds(input_.byte() * input_.byte());
                return endpoint_.advance(now_);
        }
    }

    CoapMessage status() {
        auto made = support::coap_status(input_.byte() % 16, input_.bytes());
        const auto bits = input_.byte();
        if ((bits & 1) != 0) made.type = CoapMessage::Non;
        if ((bits & 2) != 0) made.with(names::block1, block());
        if ((bits & 4) != 0) made.with(names::block2, block());
        if ((bits & 8) != 0) made.with(input_.byte() * 256U + input_.byte(), input_.bytes());
        if ((bits & 16) != 0) made.options.erase(names::authorization);
        return made;
    }
    std::string block() {
        const auto bits = input_.byte();
        return coap_block(bits >> 3 & 7U, (bits & 64) != 0, 16U << (bits & 3U));
    }
    void prove(std::size_t from) {
        if (wire_.echo[from].empty()) return;
        proven_[from] = true;
        put(from, encode(status().with(names::echo, wire_.echo[from])));
    }
    void settle(std::size_t from) {
        CoapMessage message;
        message.type = (input_.byte() & 1) != 0 ? CoapMessage::Ack : CoapMessage::Rst;
        message.id = wire_.last[from].id;
        put(from, encode(message));
    }
    void put(std::size_t from, std::string datagram) {
        coap::Peer peer;
        peer.port = static_cast<std::uint16_t>(from);
        received_[from] += datagram.size();
        endpoint_.receive(
            {peer, {reinterpret_cast<std::uint8_t*>(datagram.data()), datagram.size()}}, now_);
    }
    void check() {
        require(endpoint_.exchanges() <= limits_.exchanges);
        for (std::size_t i = 0; i < peers; ++i) {
            require(proven_[i] || wire_.sent[i] <= 3 * received_[i]);
        }
    }

    Input input_;
    const coap::Limits limits_ = small_limits();
    coap::Metrics& metrics_;
    Inbox inbox_;
    Wire wire_;
    std::chrono::milliseconds now_{0};
    std::array<std::size_t, peers> received_{};
    std::array<bool, peers> proven_{};
    coap::Endpoint endpoint_{{limits_, metrics_, inbox_, wire_}, [] {}};
};

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    static support::TestHost host(no_rows);
    static coap::Metrics metrics(host);
    Play(data, size, metrics).run();
    if (metrics.exchanges.value() != 0) std::abort();
    return 0;
}
