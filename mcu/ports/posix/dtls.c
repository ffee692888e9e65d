/* SPDX-License-Identifier: Apache-2.0 */
#include "dtls.h"

#include "tls.h"

#include <openssl/err.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/time.h>

enum { MTU = 1400 };

/* The last one is what RFC 7252 wants every device to have; its level of security is below what
 * OpenSSL permits by itself. */
static const char psk_ciphers[] =
    "ECDHE-PSK-CHACHA20-POLY1305:PSK-AES128-GCM-SHA256:PSK-AES256-GCM-SHA384:"
    "PSK-CHACHA20-POLY1305:PSK-AES128-CCM:PSK-AES128-CCM8:@SECLEVEL=0";

struct ajour_dtls {
    SSL* ssl;
    const struct ajour_link_settings* settings;
    char identity[AJOUR_USER_MAX];
};

static unsigned give_key(SSL* ssl, const char* hint, char* identity, unsigned identity_room,
                         unsigned char* key, unsigned key_room) {
    const struct ajour_dtls* session = SSL_get_app_data(ssl);
    const struct ajour_link_settings* settings = session->settings;
    const size_t length = strlen(session->identity);
    (void)hint;
    if (length >= identity_room || settings->psk_length > key_room) return 0;
    memcpy(identity, session->identity, length + 1);
    memcpy(key, settings->psk, settings->psk_length);
    return (unsigned)settings->psk_length;
}

void* ajour_dtls_prepare(const struct ajour_route* route, char problem[AJOUR_PROBLEM_MAX]) {
    SSL_CTX* context = ajour_tls_open(route, DTLS_client_method(), problem);
    if (context == NULL) return NULL;
    SSL_CTX_set_min_proto_version(context, DTLS1_2_VERSION);
    if (route->settings->psk_length == 0) return context;
    SSL_CTX_set_psk_client_callback(context, give_key);
    if (SSL_CTX_set_cipher_list(context, psk_ciphers) == 1) return context;
    ajour_tls_explain(problem, "OpenSSL has no ciphers for a shared key");
    SSL_CTX_free(context);
    return NULL;
}

void ajour_dtls_finish(void* shared) {
    SSL_CTX_free(shared);
}

static int connect_to_socket(struct ajour_dtls* session, int fd) {
    struct sockaddr_storage peer;
    socklen_t length = sizeof peer;
    BIO* bio = BIO_new_dgram(fd, BIO_NOCLOSE);
    if (bio == NULL || getpeername(fd, (struct sockaddr*)&peer, &length) != 0) {
        BIO_free(bio);
        return -1;
    }
    BIO_ctrl(bio, BIO_CTRL_DGRAM_SET_CONNECTED, 0, &peer);
    SSL_set_bio(session->ssl, bio, bio);
    SSL_set_options(session->ssl, SSL_OP_NO_QUERY_MTU);
    SSL_set_mtu(session->ssl, MTU);
    SSL_set_connect_state(session->ssl);
    return 0;
}

struct ajour_dtls* ajour_dtls_open(void* shared, const struct ajour_route* route, int fd,
                                   const char* device) {
    struct ajour_dtls* session = calloc(1, sizeof *session);
    if (session == NULL) return NULL;
    session->settings = route->settings;
    session->ssl = SSL_new(shared);
    const int length = snprintf(session->identity, sizeof session->identity, "%s@%s", device,
                                route->settings->application);
    if (session->ssl != NULL && length > 0 && length < (int)sizeof session->identity &&
        SSL_set_app_data(session->ssl, session) == 1 && connect_to_socket(session, fd) == 0) {
        SSL_set_tlsext_host_name(session->ssl, route->server.host);
        return session;
    }
    ajour_dtls_close(session);
    return NULL;
}

void ajour_dtls_close(struct ajour_dtls* session) {
    if (session == NULL) return;
    if (session->ssl != NULL && SSL_is_init_finished(session->ssl)) SSL_shutdown(session->ssl);
    SSL_free(session->ssl);
    free(session);
    ERR_clear_error();
}

int ajour_dtls_shake_hands(struct ajour_dtls* session, char problem[AJOUR_PROBLEM_MAX]) {
    ERR_clear_error();
    if (DTLSv1_handle_timeout(session->ssl) < 0) {
        snprintf(problem, AJOUR_PROBLEM_MAX, "the server does not answer the DTLS handshake");
        return -1;
    }
    const int result = SSL_do_handshake(session->ssl);
    if (result == 1) return 1;
    const int error = SSL_get_error(session->ssl, result);
    if (error == SSL_ERROR_WANT_READ || error == SSL_ERROR_WANT_WRITE) return 0;
    if (error == SSL_ERROR_SYSCALL)
        snprintf(problem, AJOUR_PROBLEM_MAX, "the server cannot be reached");
    else
        ajour_tls_explain(problem, "the DTLS handshake failed");
    return -1;
}

int64_t ajour_dtls_pause(struct ajour_dtls* session) {
    struct timeval left;
    if (DTLSv1_get_timeout(session->ssl, &left) != 1) return -1;
    return (int64_t)left.tv_sec * 1000 + left.tv_usec / 1000 + 1;
}

void ajour_dtls_send(struct ajour_dtls* session, const uint8_t* data, size_t length) {
    ERR_clear_error();
    (void)SSL_write(session->ssl, data, (int)length);
}

ssize_t ajour_dtls_receive(struct ajour_dtls* session, uint8_t* data, size_t room) {
    ERR_clear_error();
    const int result = SSL_read(session->ssl, data, (int)room);
    if (result > 0) return result;
    const int error = SSL_get_error(session->ssl, result);
    return error == SSL_ERROR_WANT_READ || error == SSL_ERROR_WANT_WRITE ? 0 : -1;
}
