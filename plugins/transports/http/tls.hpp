// SPDX-License-Identifier: Apache-2.0
// Door of OpenSSL's set-up: a server context out of files, sessions, certificates of peers.
#pragma once

#include <ajour/sdk/host.hpp>
#include <ajour/sdk/result.hpp>

#include "submission.hpp"

#include <memory>
#include <mutex>
#include <optional>
#include <string>

struct ssl_st;
struct ssl_ctx_st;
using SSL = ssl_st;
using SSL_CTX = ssl_ctx_st;

namespace ajour::http {

struct SslFree {
    void operator()(SSL* session) const noexcept;
    void operator()(SSL_CTX* context) const noexcept;
};
using SslSession = std::unique_ptr<SSL, SslFree>;
using SslContext = std::unique_ptr<SSL_CTX, SslFree>;

/// PEM files; both empty: no TLS. And whether clients are asked for a certificate, which they need
/// not have.
struct TlsFiles {
    std::string certificate;
    std::string key;
    bool asks_clients = false;
};

/// A context that tiny TLS 1.3 clients can talk to. An Error names the file that is at fault.
sdk::Result<SslContext> open_tls(const TlsFiles& files);

/// The size of the certificate chain on the wire, in bytes.
std::size_t chain_bytes(SSL_CTX* context);

/// Whose certificate it is and how long it is good, for people: "CN=a, until May  1 12:00:00 2027
/// GMT".
std::string certificate_text(SSL_CTX* context);

/// The context of the connections that begin now. Those that have begun keep theirs.
class ServedContext {
public:
    bool is_open() const noexcept;                 ///< false: plain HTTP. [any]
    void replace(SslContext fresh) noexcept;       ///< [any]
    SslSession open_session(int socket) noexcept;  ///< non-blocking; null without memory. [any]

private:
    mutable std::mutex mutex_;  // guards context_
    SslContext context_;
};

/// The certificate whose key the handshake proved the peer to have; null when it showed none.
std::unique_ptr<ClientCertificate> peer_certificate(SSL* session);

}  // namespace ajour::http
