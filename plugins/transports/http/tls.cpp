// SPDX-License-Identifier: Apache-2.0
#include "tls.hpp"

#include <openssl/bio.h>
#include <openssl/err.h>
#include <openssl/ssl.h>
#include <openssl/x509.h>

#include <array>
#include <fstream>

namespace ajour::http {
namespace {

// Embedded TLS 1.3 clients offer secp256r1 and TLS_AES_128_GCM_SHA256 alone.
constexpr const char* groups = "P-256:X25519:P-384";
constexpr const char* suites_1_3 =
    "TLS_AES_128_GCM_SHA256:TLS_AES_256_GCM_SHA384:TLS_CHACHA20_POLY1305_SHA256";
constexpr const char* suites_1_2 = "ECDHE+AESGCM:ECDHE+CHACHA20:ECDHE+AESCCM:!CCM8";

// A record with its 22 bytes of frame fits the 6000 bytes that embedded-tls has for one.
constexpr long record_bytes = 5632;

// The host takes 8 KiB of certificates; in the handshake each has a frame.
constexpr long most_client_bytes = 9 * 1024;

constexpr unsigned char session_context[] = "ajour-transport-http";

sdk::Error file_error(const std::string& what, const std::string& file) {
    if (!std::ifstream(file)) {
        ERR_clear_error();
        return {sdk::ErrorKind::NotFound, what + " " + file + ": cannot be opened"};
    }
    const auto code = ERR_peek_last_error();
    const char* reason = code == 0 ? nullptr : ERR_reason_error_string(code);
    ERR_clear_error();
    return {sdk::ErrorKind::Malformed,
            what + " " + file + ": " + (reason == nullptr ? "no PEM that fits" : reason)};
}

void set_protocol(SSL_CTX* context) {
    SSL_CTX_set_min_proto_version(context, TLS1_2_VERSION);
    SSL_CTX_set_cipher_list(context, suites_1_2);
    SSL_CTX_set_ciphersuites(context, suites_1_3);
    SSL_CTX_set1_groups_list(context, groups);
    SSL_CTX_set_options(
        context, SSL_OP_NO_RENEGOTIATION | SSL_OP_NO_COMPRESSION | SSL_OP_IGNORE_UNEXPECTED_EOF);
}

void set_sizes(SSL_CTX* context) {
    SSL_CTX_set_mode(context, SSL_MODE_RELEASE_BUFFERS | SSL_MODE_ENABLE_PARTIAL_WRITE |
                                  SSL_MODE_ACCEPT_MOVING_WRITE_BUFFER);
    SSL_CTX_set_max_send_fragment(context, record_bytes);
    SSL_CTX_set_num_tickets(context, 1);
    SSL_CTX_set_session_cache_mode(context, SSL_SESS_CACHE_OFF);
    SSL_CTX_set_session_id_context(context, session_context, sizeof session_context - 1);
}

/// Without this OpenSSL would ask the terminal for the key's password.
int refuse_password(char*, int, int, void*) {
    return 0;
}

sdk::Result<void> load_files(SSL_CTX* context, const TlsFiles& files) {
    SSL_CTX_set_default_passwd_cb(context, refuse_password);
    if (SSL_CTX_use_certificate_chain_file(context, files.certificate.c_str()) != 1) {
        return file_error("the certificate", files.certificate);
    }
    if (SSL_CTX_use_PrivateKey_file(context, files.key.c_str(), SSL_FILETYPE_PEM) != 1) {
        return file_error("the key", files.key);
    }
    return {};
}

/// Who vouches for a client is the registry's to say, and the host's to check.
int leave_to_the_host(X509_STORE_CTX*, void*) {
    return 1;
}

/// Without tickets: a session that is taken up again has lost the chain.
void ask_clients(SSL_CTX* context) {
    SSL_CTX_set_verify(context, SSL_VERIFY_PEER, nullptr);
    SSL_CTX_set_cert_verify_callback(context, leave_to_the_host, nullptr);
    SSL_CTX_set_max_cert_list(context, most_client_bytes);
    SSL_CTX_set_options(context, SSL_OP_NO_TICKET);
    SSL_CTX_set_num_tickets(context, 0);
}

void append(std::string& chain, X509* certificate) {
    unsigned char* der = nullptr;
    const int length = i2d_X509(certificate, &der);
    if (length > 0)
        chain.append(reinterpret_cast<const char*>(der), static_cast<std::size_t>(length));
    OPENSSL_free(der);
}

std::string chain_of(SSL* session, X509* own) {
    std::string chain;
    append(chain, own);
    const auto* others = SSL_get_peer_cert_chain(session);
    for (int i = 0; i < sk_X509_num(others); ++i) append(chain, sk_X509_value(others, i));
    return chain;
}

std::size_t encoded_bytes(X509* certificate) {
    return static_cast<std::size_t>(std::max(0, i2d_X509(certificate, nullptr)));
}

std::string text_of(const X509_NAME* name) {
    constexpr unsigned long format =
        XN_FLAG_SEP_CPLUS_SPC | XN_FLAG_FN_SN | (ASN1_STRFLGS_RFC2253 & ~ASN1_STRFLGS_ESC_MSB);
    const std::unique_ptr<BIO, decltype(&BIO_free)> text(BIO_new(BIO_s_mem()), &BIO_free);
    if (!text || X509_NAME_print_ex(text.get(), name, 0, format) < 0) return {};
    char* data = nullptr;
    const long length = BIO_get_mem_data(text.get(), &data);
    return {data, static_cast<std::size_t>(length)};
}

}  // namespace

void SslFree::operator()(SSL* session) const noexcept {
    SSL_free(session);
}
void SslFree::operator()(SSL_CTX* context) const noexcept {
    SSL_CTX_free(context);
}

sdk::Result<SslContext> open_tls(const TlsFiles& files) {
    SslContext context(SSL_CTX_new(TLS_server_method()));
    if (!context) return sdk::Error{sdk::ErrorKind::Internal, "OpenSSL gives no TLS context"};
    set_protocol(context.get());
    set_sizes(context.get());
    if (auto loaded = load_files(context.get(), files); !loaded) return loaded.error();
    if (files.asks_clients) ask_clients(context.get());
    return context;
}

std::size_t chain_bytes(SSL_CTX* context) {
    std::size_t bytes = encoded_bytes(SSL_CTX_get0_certificate(context));
    STACK_OF(X509)* chain = nullptr;
    SSL_CTX_get0_chain_certs(context, &chain);
    for (int i = 0; i < sk_X509_num(chain); ++i) bytes += encoded_bytes(sk_X509_value(chain, i));
    return bytes;
}

std::string certificate_text(SSL_CTX* context) {
    const X509* certificate = SSL_CTX_get0_certificate(context);
    if (certificate == nullptr) return "none";
    const std::unique_ptr<BIO, decltype(&BIO_free)> end(BIO_new(BIO_s_mem()), &BIO_free);
    if (!end || ASN1_TIME_print(end.get(), X509_get0_notAfter(certificate)) != 1) return "unknown";
    char* data = nullptr;
    const long length = BIO_get_mem_data(end.get(), &data);
    return text_of(X509_get_subject_name(certificate)) + ", until " +
           std::string(data, static_cast<std::size_t>(length));
}

bool ServedContext::is_open() const noexcept {
    const std::lock_guard lock(mutex_);
    return context_ != nullptr;
}

void ServedContext::replace(SslContext fresh) noexcept {
    const std::lock_guard lock(mutex_);
    context_ = std::move(fresh);
}

SslSession ServedContext::open_session(int socket) noexcept {
    const std::lock_guard lock(mutex_);
    SslSession session(SSL_new(context_.get()));  // which holds the context from now on
    if (!session || SSL_set_fd(session.get(), socket) != 1) return nullptr;
    return session;
}

std::unique_ptr<ClientCertificate> peer_certificate(SSL* session) {
    X509* certificate = SSL_get0_peer_certificate(session);
    if (certificate == nullptr) return nullptr;
    return std::make_unique<ClientCertificate>(ClientCertificate{
        text_of(X509_get_issuer_name(certificate)), text_of(X509_get_subject_name(certificate)),
        chain_of(session, certificate)});
}

}  // namespace ajour::http
