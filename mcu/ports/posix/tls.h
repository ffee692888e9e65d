/* SPDX-License-Identifier: Apache-2.0 */
/* What is trusted and what is shown, the same for TLS and DTLS. */
#ifndef AJOUR_TLS_H
#define AJOUR_TLS_H

#include "link.h"

#include <openssl/ssl.h>

/* For the links of a route; the server's certificate and name are verified, unless a key is shared.
 * NULL and a text if a file cannot be used. */
SSL_CTX* ajour_tls_open(const struct ajour_route* route, const SSL_METHOD* method,
                        char problem[AJOUR_PROBLEM_MAX]);

/* What the library says was wrong last, for people. */
void ajour_tls_explain(char problem[AJOUR_PROBLEM_MAX], const char* what);

#endif
