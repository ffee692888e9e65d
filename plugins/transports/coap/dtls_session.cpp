// SPDX-License-Identifier: Apache-2.0
#include "dtls_session.hpp"

#include "certificate_name.hpp"

#include <mbedtls/ssl.h>

#include <algorithm>
#include <cstring>
#include <utility>

namespace ajour::coap {
namespace {

constexpr std::size_t most_chain_bytes = 8192;  // that the host takes

/// Who a cookie is for.
std::array<std::uint8_t, 22> bytes_of(const Peer& peer) noexcept {
    std::array<std::uint8_t, 22> bytes{};
    std::ranges::copy(peer.address, bytes.begin());
    std::memcpy(bytes.data() + 16, &peer.scope, 4);
    std::memcpy(bytes.data() + 20, &peer.port, 2);
    return bytes;
}

std::string chain_of(const mbedtls_x509_crt& first) {
    std::string chain;
    for (const auto* each = &first; each != nullptr; each = each->next) {
        chain.append(reinterpret_cast<const char*>(each->raw.p), each->raw.len);
    }
    return chain;
}

bool wants_more(int code) noexcept {
    return code == MBEDTLS_ERR_SSL_WANT_READ || code == MBEDTLS_ERR_SSL_WANT_WRITE;
}

}  // namespace

void SslFree::operator()(mbedtls_ssl_context* context) const noexcept {
    mbedtls_ssl_free(context);
    delete context;
}

std::unique_ptr<DtlsSession> DtlsSession::open(DtlsServer& server, Wire& wire, const Peer& peer,
                                               std::size_t datagram_bytes) {
    auto session = std::make_unique<DtlsSession>(server, wire, datagram_bytes);
    const bool is_set_up = mbedtls_ssl_setup(session->context_.get(), session->config_.get()) == 0;
    if (!is_set_up || !session->prepare(peer)) return nullptr;
    return session;
}

DtlsSession::DtlsSession(DtlsServer& server, Wire& wire, std::size_t datagram_bytes)
    : server_(server),
      config_(server.config()),
      wire_(wire),
      datagram_bytes_(datagram_bytes),
      context_(new mbedtls_ssl_context) {
    mbedtls_ssl_init(context_.get());
}

bool DtlsSession::restart(const Peer& peer) {
    due_.reset();
    key_owner_.reset();
    open_ = true;
    return mbedtls_ssl_session_reset(context_.get()) == 0 && prepare(peer);
}

bool DtlsSession::prepare(const Peer& peer) {
    peer_ = peer;
    auto* context = context_.get();
    mbedtls_ssl_set_bio(context, this, &DtlsSession::send, &DtlsSession::receive, nullptr);
    mbedtls_ssl_set_timer_cb(context, this, &DtlsSession::set_timer, &DtlsSession::get_timer);
    mbedtls_ssl_set_mtu(context, static_cast<std::uint16_t>(datagram_bytes_));
    const auto id = bytes_of(peer);
    return mbedtls_ssl_set_client_transport_id(context, id.data(), id.size()) == 0;
}

DtlsSession::Handshake DtlsSession::shake_hands(sdk::ByteView datagram, Time now) {
    now_ = now;
    arrived_ = datagram;
    const int code = mbedtls_ssl_handshake(context_.get());
    if (auto asked = server_.take_asked()) key_owner_ = std::move(asked);
    if (code == 0) return Handshake::Done;
    if (code == MBEDTLS_ERR_SSL_HELLO_VERIFY_REQUIRED) return Handshake::Refused;
    if (!wants_more(code)) return Handshake::Failed;
    const bool has_begun = context_->state > MBEDTLS_SSL_CLIENT_HELLO;
    return has_begun ? Handshake::Continues : Handshake::Refused;
}

std::optional<DtlsSession::Time> DtlsSession::due() const noexcept {
    return due_;
}

sdk::Result<std::optional<SessionIdentity>> DtlsSession::identity() const {
    using Kind = sdk::Credential::Kind;
    if (key_owner_) return std::optional(SessionIdentity{*key_owner_, Kind::PreSharedKey});
    const auto* certificate = mbedtls_ssl_get_peer_cert(context_.get());
    if (certificate == nullptr) return std::optional<SessionIdentity>();
    SessionIdentity named{{name_text(certificate->issuer), name_text(certificate->subject)},
                          Kind::Certificate,
                          chain_of(*certificate)};
    if (named.chain.size() > most_chain_bytes) {
        return sdk::Error{sdk::ErrorKind::Refused, "the client's certificates are too large"};
    }
    return std::optional(std::move(named));
}

std::optional<std::span<std::uint8_t>> DtlsSession::read(std::span<std::uint8_t> room) {
    const int code = mbedtls_ssl_read(context_.get(), room.data(), room.size());
    if (code > 0) return room.first(static_cast<std::size_t>(code));
    if (code != 0 && wants_more(code)) return std::nullopt;
    open_ = false;
    return std::nullopt;
}

bool DtlsSession::write(sdk::ByteView message) {
    return mbedtls_ssl_write(context_.get(), message.data(), message.size()) > 0;
}

void DtlsSession::say_goodbye() {
    mbedtls_ssl_close_notify(context_.get());
}

sdk::Bytes DtlsSession::freeze() {
    sdk::Bytes frozen(2048);
    std::size_t size = 0;
    int code = mbedtls_ssl_context_save(context_.get(), frozen.data(), frozen.size(), &size);
    if (code == MBEDTLS_ERR_SSL_BUFFER_TOO_SMALL) {
        frozen.resize(size);
        code = mbedtls_ssl_context_save(context_.get(), frozen.data(), frozen.size(), &size);
    }
    if (code != 0) return {};
    return {frozen.begin(), frozen.begin() + static_cast<std::ptrdiff_t>(size)};
}

bool DtlsSession::thaw(sdk::ByteView frozen) {
    if (mbedtls_ssl_context_load(context_.get(), frozen.data(), frozen.size()) != 0) return false;
    return prepare(Peer(peer_));
}

int DtlsSession::send(void* session, const unsigned char* bytes, std::size_t size) {
    const auto& self = *static_cast<DtlsSession*>(session);
    self.wire_.send(self.peer_, {bytes, size});
    return static_cast<int>(size);
}

/// Gives the datagram that arrived, once.
int DtlsSession::receive(void* session, unsigned char* room, std::size_t size) {
    auto& self = *static_cast<DtlsSession*>(session);
    const auto arrived = std::exchange(self.arrived_, {});
    if (arrived.empty()) return MBEDTLS_ERR_SSL_WANT_READ;
    const auto taken = std::min(size, arrived.size());
    std::memcpy(room, arrived.data(), taken);
    return static_cast<int>(taken);
}

void DtlsSession::set_timer(void* session, std::uint32_t intermediate, std::uint32_t final) {
    auto& self = *static_cast<DtlsSession*>(session);
    self.intermediate_ = self.now_ + Time(intermediate);
    self.due_ = final == 0 ? std::nullopt : std::optional(self.now_ + Time(final));
}

/// As mbedTLS wants it: -1 no timer, 0 nothing has passed, 1 the intermediate time, 2 the final.
int DtlsSession::get_timer(void* session) {
    const auto& self = *static_cast<DtlsSession*>(session);
    if (!self.due_) return -1;
    if (self.now_ >= *self.due_) return 2;
    return self.now_ >= self.intermediate_ ? 1 : 0;
}

}  // namespace ajour::coap
