// SPDX-License-Identifier: Apache-2.0
// Door of OpenSSL's set-up: a server context out of files, sessions, names of peers.
#pragma once

#include <ajour/sdk/host.hpp>
#include <ajour/sdk/result.hpp>

#include "submission.hpp"

#include <memory>
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

/// PEM files. All empty: no TLS. `client_ca` may be empty: then no client certificates are asked
/// for.
struct TlsFiles {
    std::string certificate;
    std::string key;
    std::string client_ca;
};

/// A context that tiny TLS 1.3 clients can talk to. An Error names the file that is at fault.
sdk::Result<SslContext> open_tls(const TlsFiles& files);

/// The size of the certificate chain on the wire, in bytes.
std::size_t chain_bytes(SSL_CTX* context);

/// A server's session on a non-blocking socket; null without memory.
SslSession open_session(SSL_CTX* context, int socket) noexcept;

/// The names in the peer's certificate, which the handshake verified; null when it showed none.
std::unique_ptr<CertificateNames> peer_names(SSL* session);

}  // namespace ajour::http
