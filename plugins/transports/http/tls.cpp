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
    if (files.client_ca.empty()) return {};
    if (SSL_CTX_load_verify_file(context, files.client_ca.c_str()) != 1) {
        return file_error("the client CA", files.client_ca);
    }
    SSL_CTX_set_verify(context, SSL_VERIFY_PEER, nullptr);
    return {};
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
    return context;
}

std::size_t chain_bytes(SSL_CTX* context) {
    std::size_t bytes = encoded_bytes(SSL_CTX_get0_certificate(context));
    STACK_OF(X509)* chain = nullptr;
    SSL_CTX_get0_chain_certs(context, &chain);
    for (int i = 0; i < sk_X509_num(chain); ++i) bytes += encoded_bytes(sk_X509_value(chain, i));
    return bytes;
}

SslSession open_session(SSL_CTX* context, int socket) noexcept {
    SslSession session(SSL_new(context));
    if (!session || SSL_set_fd(session.get(), socket) != 1) return nullptr;
    return session;
}

std::unique_ptr<CertificateNames> peer_names(SSL* session) {
    const X509* certificate = SSL_get0_peer_certificate(session);
    if (certificate == nullptr || SSL_get_verify_result(session) != X509_V_OK) return nullptr;
    return std::make_unique<CertificateNames>(CertificateNames{
        text_of(X509_get_issuer_name(certificate)), text_of(X509_get_subject_name(certificate))});
}

}  // namespace ajour::http
