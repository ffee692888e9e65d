// SPDX-License-Identifier: Apache-2.0
// Door of mbedTLS's set-up: what all DTLS sessions of one thread share.
#pragma once

#include <ajour/sdk/transport.hpp>

#include <functional>
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

/// Sessions that have begun keep the certificate that they began with.
class DtlsServer {
public:
    /// The pre-shared key of a device; as Inbox::key_for.
    using KeyFor = std::function<sdk::Result<sdk::Bytes>(const sdk::DeviceView&)>;

    /// An Error names the file that is at fault.
    static sdk::Result<std::unique_ptr<DtlsServer>> open(const DtlsSettings& settings,
                                                         KeyFor key_for);
    ~DtlsServer();

    /// Certificate and key, and whether clients are asked for one, of sessions that begin from now
    /// on. An Error keeps what was. [any]
    sdk::Result<void> reload(const DtlsSettings& settings);

    /// Of a session that begins now, which keeps it. [any]
    std::shared_ptr<const mbedtls_ssl_config> config() const noexcept;
    bool takes_keys() const noexcept { return takes_keys_; }

    /// The key behind an identity `device@application`.
    sdk::Result<sdk::Bytes> key_for(std::string_view identity) const;

    /// The device whose key the handshake that ran last has asked for.
    std::optional<sdk::DeviceId> take_asked() noexcept;

private:
    struct Chance;
    struct Parts;

    DtlsServer(std::unique_ptr<Chance> chance, bool takes_keys, KeyFor key_for);
    sdk::Result<std::shared_ptr<const Parts>> make_parts(const DtlsSettings& settings);
    static int give_key(void* server, mbedtls_ssl_context* session, const unsigned char* identity,
                        std::size_t size);

    const std::unique_ptr<Chance> chance_;  ///< outlives all sessions
    mutable std::mutex mutex_;              ///< guards parts_
    std::shared_ptr<const Parts> parts_;
    const bool takes_keys_;
    const KeyFor key_for_;
    std::optional<sdk::DeviceId> asked_;
};

}  // namespace ajour::coap
