// SPDX-License-Identifier: Apache-2.0
// A certificate's names as text, written as transport http writes them: "O=Acme, CN=name".
#pragma once

#include <string>

struct mbedtls_asn1_named_data;

namespace ajour::coap {

/// Escapes what RFC 2253 section 2.4 does; empty when an attribute is of a kind that is not text.
std::string name_text(const mbedtls_asn1_named_data& name);

}  // namespace ajour::coap
