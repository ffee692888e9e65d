// SPDX-License-Identifier: Apache-2.0
// The DTLS sessions of one socket. Bounded: handshakes under way, sessions in use, and sessions at
// rest, which take some hundred bytes each. Before a peer has shown a cookie, nothing is kept of
// it.
#pragma once

#include "address_shares.hpp"
#include "dtls_session.hpp"
#include "limits.hpp"
#include "metrics.hpp"

#include <functional>
#include <list>
#include <set>
#include <unordered_map>
#include <utility>
#include <vector>

namespace ajour::coap {

/// Towards the endpoint it is the wire, whose datagrams it secures.
class DtlsSessions final : public Wire {
public:
    using Time = std::chrono::milliseconds;
    using Deliver = std::function<void(const Datagram&, Time)>;

    struct Surroundings {
        const SessionLimits& limits;
        Metrics& metrics;
        DtlsServer& server;
        Wire& wire;  ///< records go out there
    };

    /// What came in safely goes to `deliver`.
    DtlsSessions(const Surroundings& around, Deliver deliver);
    ~DtlsSessions() override;

    void receive(const Peer& peer, sdk::ByteView datagram, Time now);
    void send(const Peer& peer, sdk::ByteView message) noexcept override;

    void refused(const Peer& peer, bool for_another) noexcept override;

    void advance(Time now);
    std::optional<Time> next_due() const noexcept;

private:
    struct Entry {
        Peer peer;                             ///< without a session
        std::uint32_t number = 0;              ///< of the session
        std::unique_ptr<DtlsSession> session;  ///< null: at rest
        sdk::Bytes frozen;
        std::optional<SessionIdentity> identity;
        bool is_done = false;          ///< the handshake is; the first message is yet to come
        bool is_over = false;          ///< it is in `over_`
        bool is_established = false;   ///< by that message, which shows that the peer is done too
        Time touched{0};               ///< or the begin of the handshake
        Time due{0};                   ///< of a handshake
        std::vector<sdk::Bytes> held;  ///< datagrams that wait for the key of a handshake
    };
    using Entries = std::list<Entry>;

    bool is_crowded(Time now) const noexcept;
    Entry* to_make_way(const Peer& peer, Time now);
    bool is_turned_away(const Peer& peer, Time now);
    void greet(const Peer& peer, sdk::ByteView datagram, Time now);
    void begin(const Peer& peer, DtlsSession::Handshake progress, Time now);
    void go_on(Entry& entry, sdk::ByteView datagram, Time now);
    bool awaits_key(sdk::ByteView datagram, const Peer& peer) const;
    void hold(Entry& entry, sdk::ByteView datagram, Time now);
    void retry(Entry& entry, Time now);
    void follow(Entry& entry, DtlsSession::Handshake progress, Time now);
    void identify(Entry& entry, Time now);
    void establish(Entry& entry, Time now);
    void schedule(Entry& entry, Time now);
    void take(Entry& entry, sdk::ByteView datagram, Time now);
    bool touch(Entry& entry, Time now);
    void rest(Entry& entry);
    void make_room();
    void blame(const Entry& entry);
    bool has_its_key(const Entry& entry) const;
    Entry* find_session(const Peer& peer) noexcept;
    void end_refused();
    void expire(Entries& entries, Time now);
    void close(Entry& entry);
    Entries& list_of(const Entry& entry) noexcept;
    Entry* find(const Peer& peer) noexcept;

    const Surroundings around_;
    const Deliver deliver_;
    std::unique_ptr<DtlsSession> greeter_;  ///< speaks to peers of which nothing is kept
    std::unordered_map<Peer, Entries::iterator, PeerHash> index_;
    sender::AddressShares shares_;
    Entries handshakes_;  ///< the latest in front, as in the others
    Entries live_;
    Entries resting_;
    std::set<std::pair<Time, Entry*>> due_;
    std::vector<Peer> over_;  ///< whose sessions are to end, once nobody uses them
    std::vector<std::uint8_t> message_;
    std::uint32_t last_number_ = 0;
    Time now_{0};
};

}  // namespace ajour::coap
