// SPDX-License-Identifier: Apache-2.0
// CoAP from the server's side: datagrams and time in, datagrams and statuses out. Must not know
// sockets, threads or clocks. One thread.
#pragma once

#include <ajour/sdk/transport.hpp>

#include "exchanges.hpp"
#include "late_answers.hpp"
#include "random.hpp"
#include "request_bodies.hpp"
#include "responder.hpp"
#include "submission.hpp"
#include "verified_peers.hpp"

#include <functional>
#include <memory>
#include <optional>
#include <span>

namespace ajour::coap {

/// Where datagrams go out.
class Wire {
public:
    virtual ~Wire() = default;
    virtual void send(const Peer& peer, sdk::ByteView datagram) noexcept = 0;
    /// The host has refused the peer's credential, or, when it spoke for another device, that.
    virtual void refused(const Peer& /*peer*/, bool /*for_another*/) noexcept {}
};

/// A datagram that came in. Its bytes are decoded in place.
struct Datagram {
    Peer peer;
    std::span<std::uint8_t> bytes;
    bool is_whole = true;                      ///< false: it was longer than what could be read
    const SessionIdentity* session = nullptr;  ///< who a handshake proved the peer to be, or null
    bool is_secured = false;                   ///< a handshake proved the peer's address
};

class Endpoint {
public:
    using Time = std::chrono::milliseconds;

    /// All of them outlive the endpoint. `wake` makes the endpoint's thread call `advance` soon.
    struct Surroundings {
        const Limits& limits;
        Metrics& metrics;
        sdk::Inbox& inbox;
        Wire& wire;
    };

    Endpoint(const Surroundings& around, std::function<void()> wake);
    ~Endpoint();

    void receive(const Datagram& datagram, Time now);

    /// Sends what has come from other threads, and does what is due.
    void advance(Time now);
    std::optional<Time> next_due() const noexcept { return exchanges_.next_due(); }

    /// Whether the host has yet to answer somebody.
    bool owes_answers() const noexcept { return exchanges_.unanswered() > 0; }
    std::size_t exchanges() const noexcept { return exchanges_.count(); }

    // For TurnReply.
    void send(Turn& turn, sdk::ByteView command) noexcept;
    void refuse(Turn& turn, sdk::ErrorKind kind) noexcept;
    std::optional<std::uint64_t> defer(const Turn& turn);
    std::shared_ptr<LateAnswers> late_answers() const noexcept { return late_; }

private:
    void reject(const Datagram& datagram, const Message& message);
    void settle(const Peer& peer, std::uint16_t id);
    bool is_duplicate(const Received& received, Type type);
    void take(const Datagram& datagram, const Message& message);
    Turn turn_of(const Datagram& datagram, const Message& message) const noexcept;
    void weigh(const Datagram& datagram, const Request& request, Turn& turn);
    void take_status(Turn& turn, const Request& request, Submission& submission,
                     sdk::ByteView payload);
    void submit(Turn& turn, sdk::Message& message);
    void tell_refusal(const Turn& turn, sdk::ErrorKind kind) noexcept;
    void finish(Turn& turn, const Answer& answer);
    void deliver(const Turn& turn, sdk::ByteView message);
    Envelope envelope_of(const Turn& turn);

    void count_memory();
    void complete(const LateAnswers::Late& late);
    void conclude(Exchange& exchange, const Outcome& outcome);
    void send_separately(Exchange& exchange, sdk::ByteView message, std::uint16_t id);
    void act(Exchange& exchange);
    void acknowledge(Exchange& exchange);
    void retransmit(Exchange& exchange);
    void close(Exchange& exchange);

    const Surroundings around_;
    const SipKey digest_key_ = random_key();
    const EchoStamp echo_;
    AnswerMemory memory_;
    VerifiedPeers verified_;
    Exchanges exchanges_;
    RequestBodies bodies_;
    Responder responder_;
    RandomNumbers random_;
    const std::shared_ptr<LateAnswers> late_;
    Time now_{0};
    std::int64_t remembered_bytes_ = 0;  ///< as told to the metrics
    std::uint64_t forgotten_ = 0;        ///< the same
};

}  // namespace ajour::coap
