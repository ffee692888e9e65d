// SPDX-License-Identifier: Apache-2.0
#include "dtls_sessions.hpp"

#include "random.hpp"

#include <algorithm>
#include <utility>

namespace ajour::coap {
namespace {

constexpr std::size_t largest_message = 16384;  // of a record
constexpr std::size_t most_held = 4;
constexpr std::chrono::milliseconds retry_interval{100};
/// A handshake is left in peace for so long, even when others come: where a fleet wakes at once,
/// each would end another's, and few would ever be done. Who is turned away sends his hello again.
constexpr std::chrono::milliseconds in_peace{2000};
constexpr std::chrono::milliseconds tick{1};

}  // namespace

DtlsSessions::DtlsSessions(const Surroundings& around, Deliver deliver)
    : around_(around),
      deliver_(std::move(deliver)),
      index_(0, PeerHash{random_key()}),
      message_(largest_message) {}

DtlsSessions::~DtlsSessions() {
    for (auto& entry : live_) entry.session->say_goodbye();
    around_.metrics.handshakes.add(-static_cast<std::int64_t>(handshakes_.size()));
    around_.metrics.sessions.add(-static_cast<std::int64_t>(live_.size() + resting_.size()));
    around_.metrics.sessions_live.add(-static_cast<std::int64_t>(live_.size()));
}

/// Who begins anew has to show a cookie before his old session goes (RFC 6347 section 4.2.8).
void DtlsSessions::receive(const Peer& peer, sdk::ByteView datagram, Time now) {
    now_ = now;
    auto* entry = find(peer);
    const auto hello = hello_number(datagram);
    const bool begins = hello && (*hello == 0 || entry == nullptr || entry->is_established);
    if (entry == nullptr || begins) return greet(peer, datagram, now);
    entry->is_done ? take(*entry, datagram, now) : go_on(*entry, datagram, now);
}

bool DtlsSessions::is_crowded(Time now) const noexcept {
    return handshakes_.size() >= around_.limits.handshakes &&
           now - handshakes_.back().touched < in_peace;
}

void DtlsSessions::greet(const Peer& peer, sdk::ByteView datagram, Time now) {
    if (is_crowded(now)) return around_.metrics.handshakes_turned_away.add();
    if (greeter_ && !greeter_->is_up_to_date()) greeter_.reset();
    const bool is_ready =
        greeter_ ? greeter_->restart(peer)
                 : (greeter_ = DtlsSession::open(around_.server, around_.wire, peer,
                                                 around_.limits.datagram_bytes)) != nullptr;
    if (!is_ready) return greeter_.reset();
    const auto progress = greeter_->shake_hands(datagram, now);
    switch (progress) {
        case DtlsSession::Handshake::Refused:
            return around_.metrics.cookies.add();
        case DtlsSession::Handshake::Failed:
            return around_.metrics.strays.add();
        case DtlsSession::Handshake::Continues:
        case DtlsSession::Handshake::Done:
            return begin(peer, progress, now);
    }
}

/// The peer has shown its cookie: the greeter becomes its session.
void DtlsSessions::begin(const Peer& peer, DtlsSession::Handshake progress, Time now) {
    if (auto* old = find(peer)) close(*old);
    if (handshakes_.size() >= around_.limits.handshakes) {
        around_.metrics.handshakes_evicted.add();
        close(handshakes_.back());
    }
    auto& entry = handshakes_.emplace_front();
    entry.peer = peer;
    entry.session = std::move(greeter_);
    entry.touched = now;
    index_.emplace(peer, handshakes_.begin());
    around_.metrics.handshakes.add();
    follow(entry, progress, now);
}

void DtlsSessions::go_on(Entry& entry, sdk::ByteView datagram, Time now) {
    if (!entry.held.empty() || awaits_key(datagram)) return hold(entry, datagram, now);
    follow(entry, entry.session->shake_hands(datagram, now), now);
}

bool DtlsSessions::awaits_key(sdk::ByteView datagram) const {
    const auto identity = offered_identity(datagram);
    if (identity.empty() || !around_.server.takes_keys()) return false;
    const auto key = around_.server.key_for(identity);
    return !key && key.error().kind == sdk::ErrorKind::Unavailable;
}

/// mbedTLS cannot wait for a key, so the datagram that asks for it waits, and those behind it.
void DtlsSessions::hold(Entry& entry, sdk::ByteView datagram, Time now) {
    if (entry.held.empty()) around_.metrics.keys_awaited.add();
    if (entry.held.size() < most_held) entry.held.emplace_back(datagram.begin(), datagram.end());
    schedule(entry, now);
}

void DtlsSessions::retry(Entry& entry, Time now) {
    if (awaits_key(entry.held.front())) return schedule(entry, now);
    const auto peer = entry.peer;
    for (const auto& datagram : std::exchange(entry.held, {})) {
        auto* known = find(peer);
        const bool goes_on = known == &entry && !entry.is_done;
        if (goes_on) follow(entry, entry.session->shake_hands(datagram, now), now);
    }
}

void DtlsSessions::follow(Entry& entry, DtlsSession::Handshake progress, Time now) {
    switch (progress) {
        case DtlsSession::Handshake::Refused:
        case DtlsSession::Handshake::Continues:
            return schedule(entry, now);
        case DtlsSession::Handshake::Done:
            return identify(entry, now);
        case DtlsSession::Handshake::Failed:
            around_.metrics.handshake_failures.add();
            return close(entry);
    }
}

void DtlsSessions::schedule(Entry& entry, Time now) {
    due_.erase({entry.due, &entry});
    const auto end = entry.touched + around_.limits.handshake;
    auto next = entry.is_done ? end : entry.session->due().value_or(end);
    if (!entry.held.empty()) next = now + retry_interval;
    entry.due = std::min(end, std::max(now + tick, next));
    due_.insert({entry.due, &entry});
}

void DtlsSessions::identify(Entry& entry, Time now) {
    auto identity = entry.session->identity();
    if (!identity) {
        around_.metrics.handshake_failures.add();
        return close(entry);
    }
    entry.identity = std::move(*identity);
    entry.is_done = true;
    schedule(entry, now);
}

/// Not before the first message: until then mbedTLS keeps what it may have to send again, and lets
/// no session rest.
void DtlsSessions::establish(Entry& entry, Time now) {
    due_.erase({entry.due, &entry});
    entry.is_established = true;
    entry.number = ++last_number_;
    entry.touched = now;
    live_.splice(live_.begin(), handshakes_, index_.at(entry.peer));
    around_.metrics.handshakes.add(-1);
    around_.metrics.sessions.add();
    around_.metrics.sessions_live.add();
    make_room();
}

void DtlsSessions::take(Entry& entry, sdk::ByteView datagram, Time now) {
    if (entry.is_established && !touch(entry, now)) return close(entry);
    entry.session->put(datagram);
    while (const auto message = entry.session->read(message_)) {
        if (!entry.is_established) establish(entry, now);
        const auto* identity = entry.identity ? &*entry.identity : nullptr;
        auto peer = entry.peer;
        peer.session = entry.number;
        deliver_({peer, *message, true, identity, true}, now);
    }
    if (!entry.session->is_open()) close(entry);
}

void DtlsSessions::send(const Peer& peer, sdk::ByteView message) noexcept try {
    auto address = peer;
    address.session = 0;
    auto* entry = find(address);
    const bool is_there =
        entry != nullptr && entry->is_established && entry->number == peer.session;
    if (!is_there) return around_.metrics.send_failures.add();
    if (!touch(*entry, now_)) return close(*entry);
    if (!entry->session->write(message)) around_.metrics.send_failures.add();
} catch (...) {
    around_.metrics.send_failures.add();
}

/// Makes a session live, and the one used last. False when it cannot be made live.
bool DtlsSessions::touch(Entry& entry, Time now) {
    entry.touched = now;
    live_.splice(live_.begin(), list_of(entry), index_.at(entry.peer));
    if (entry.session) return true;
    around_.metrics.sessions_live.add();
    entry.session =
        DtlsSession::open(around_.server, around_.wire, entry.peer, around_.limits.datagram_bytes);
    const bool is_live = entry.session && entry.session->thaw(entry.frozen);
    sdk::Bytes().swap(entry.frozen);
    make_room();
    return is_live;
}

void DtlsSessions::rest(Entry& entry) {
    entry.frozen = entry.session->freeze();
    if (entry.frozen.empty()) return close(entry);
    entry.session.reset();
    around_.metrics.sessions_live.add(-1);
    resting_.splice(resting_.begin(), live_, index_.at(entry.peer));
}

/// The least recently used go to rest, and those at rest for the longest go for good.
void DtlsSessions::make_room() {
    while (live_.size() > around_.limits.live) rest(live_.back());
    while (live_.size() + resting_.size() > around_.limits.sessions) {
        around_.metrics.sessions_evicted.add();
        close(resting_.empty() ? live_.back() : resting_.back());
    }
}

void DtlsSessions::advance(Time now) {
    now_ = now;
    while (!due_.empty() && due_.begin()->first <= now) {
        auto& entry = *due_.begin()->second;
        due_.erase(due_.begin());
        if (now >= entry.touched + around_.limits.handshake) {
            around_.metrics.handshake_timeouts.add();
            close(entry);
        } else if (!entry.held.empty()) {
            retry(entry, now);
        } else {
            follow(entry, entry.session->shake_hands({}, now), now);
        }
    }
    expire(live_, now);
    expire(resting_, now);
}

void DtlsSessions::expire(Entries& entries, Time now) {
    while (!entries.empty() && now - entries.back().touched > around_.limits.idle) {
        around_.metrics.session_timeouts.add();
        close(entries.back());
    }
}

std::optional<DtlsSessions::Time> DtlsSessions::next_due() const noexcept {
    if (due_.empty()) return std::nullopt;
    return due_.begin()->first;
}

void DtlsSessions::close(Entry& entry) {
    if (entry.is_established) {
        around_.metrics.sessions.add(-1);
        if (&list_of(entry) == &live_) around_.metrics.sessions_live.add(-1);
    } else {
        due_.erase({entry.due, &entry});
        around_.metrics.handshakes.add(-1);
    }
    const auto found = index_.find(entry.peer);
    const auto at = found->second;
    auto& list = list_of(entry);
    index_.erase(found);
    list.erase(at);
}

DtlsSessions::Entries& DtlsSessions::list_of(const Entry& entry) noexcept {
    if (!entry.is_established) return handshakes_;
    return entry.frozen.empty() ? live_ : resting_;
}

DtlsSessions::Entry* DtlsSessions::find(const Peer& peer) noexcept {
    const auto found = index_.find(peer);
    return found == index_.end() ? nullptr : &*found->second;
}

}  // namespace ajour::coap
