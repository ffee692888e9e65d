// SPDX-License-Identifier: Apache-2.0
// Door of mbedTLS's set-up: what all DTLS sessions of one thread share.
#pragma once

#include <ajour/sdk/transport.hpp>

#include "peer.hpp"

#include <memory>
#include <mutex>
#include <optional>
#include <string>
#include <string_view>

struct mbedtls_ssl_config;
struct mbedtls_ssl_context;

namespace ajour::coap {

/// PEM files, and whether pre-shared keys are taken, and clients asked for a certificate, which
/// they need not have.
struct DtlsSettings {
    std::string certificate;
    std::string key;
    bool asks_clients = false;
    bool takes_keys = false;

    bool is_enabled() const noexcept { return takes_keys || !certificate.empty(); }
};

/// Whose key a handshake has asked for.
struct KeyOwner {
    sdk::DeviceId device;
    std::string tag;  ///< of the key; empty: it has none, and was given one that nobody has
};

/// Sessions that have begun keep the certificate that they began with.
class DtlsServer {
public:
    /// Keys are the inbox's, which outlives the server. An Error names the file that is at fault.
    static sdk::Result<std::unique_ptr<DtlsServer>> open(const DtlsSettings& settings,
                                                         sdk::Inbox& inbox);
    /// Whether `open` would take the settings and their files. [any]
    static sdk::Result<void> check(const DtlsSettings& settings);
    ~DtlsServer();

    /// Certificate and key, and whether clients are asked for one, of sessions that begin from now
    /// on. An Error keeps what was. [any]
    sdk::Result<void> reload(const DtlsSettings& settings);

    /// Of a session that begins now, which keeps it. [any]
    std::shared_ptr<const mbedtls_ssl_config> config() const noexcept;
    bool takes_keys() const noexcept { return takes_keys_; }

    /// The key behind an identity `device@application`.
    sdk::Result<sdk::DeviceKey> key_for(std::string_view identity, const Peer& peer) const;

    /// Says with whom the handshake is that runs next.
    void speak_with(const Peer& peer) noexcept { peer_ = peer; }
    /// Whose key the handshake that ran last has asked for.
    std::optional<KeyOwner> take_asked() noexcept;

    sdk::Inbox& inbox() const noexcept { return inbox_; }

private:
    struct Chance;
    struct Parts;

    DtlsServer(std::unique_ptr<Chance> chance, bool takes_keys, sdk::Inbox& inbox);
    sdk::Result<sdk::DeviceKey> ask(std::string_view identity);
    static int give_key(void* server, mbedtls_ssl_context* session, const unsigned char* identity,
                        std::size_t size);

    const std::unique_ptr<Chance> chance_;  ///< outlives all sessions
    mutable std::mutex mutex_;              ///< guards parts_
    std::shared_ptr<const Parts> parts_;
    const bool takes_keys_;
    sdk::Inbox& inbox_;
    Peer peer_;
    std::optional<KeyOwner> asked_;
};

}  // namespace ajour::coap
