/* SPDX-License-Identifier: Apache-2.0 */
#include "tls.h"

#include "address.h"

#include <openssl/err.h>
#include <openssl/x509v3.h>
#include <stdio.h>

void ajour_tls_explain(char problem[AJOUR_PROBLEM_MAX], const char* what) {
    const unsigned long code = ERR_get_error();
    const char* reason = code != 0 ? ERR_reason_error_string(code) : NULL;
    snprintf(problem, AJOUR_PROBLEM_MAX, "%s%s%s", what, reason != NULL ? ": " : "",
             reason != NULL ? reason : "");
    ERR_clear_error();
}

static int trust(SSL_CTX* context, const struct ajour_route* route) {
    const struct ajour_link_settings* settings = route->settings;
    X509_VERIFY_PARAM* wanted = SSL_CTX_get0_param(context);
    const char* host = route->server.host;
    if (settings->insecure) return 1;
    SSL_CTX_set_verify(context, SSL_VERIFY_PEER, NULL);
    const int named = ajour_address_is_literal(host) ? X509_VERIFY_PARAM_set1_ip_asc(wanted, host)
                                                     : X509_VERIFY_PARAM_set1_host(wanted, host, 0);
    if (named != 1) return 0;
    return settings->ca_file != NULL ? SSL_CTX_load_verify_file(context, settings->ca_file)
                                     : SSL_CTX_set_default_verify_paths(context);
}

static int show(SSL_CTX* context, const struct ajour_link_settings* settings) {
    if (settings->certificate_file == NULL) return 1;
    return SSL_CTX_use_certificate_chain_file(context, settings->certificate_file) == 1 &&
           SSL_CTX_use_PrivateKey_file(context, settings->key_file, SSL_FILETYPE_PEM) == 1 &&
           SSL_CTX_check_private_key(context) == 1;
}

SSL_CTX* ajour_tls_open(const struct ajour_route* route, const SSL_METHOD* method,
                        char problem[AJOUR_PROBLEM_MAX]) {
    SSL_CTX* context = SSL_CTX_new(method);
    const char* what = NULL;
    if (context == NULL)
        what = "OpenSSL cannot be used";
    else if (trust(context, route) != 1)
        what = "the certificates of --ca cannot be used";
    else if (!show(context, route->settings))
        what = "--cert and --key cannot be used";
    if (what == NULL) return context;
    ajour_tls_explain(problem, what);
    SSL_CTX_free(context);
    return NULL;
}
