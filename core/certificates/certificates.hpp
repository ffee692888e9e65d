// SPDX-License-Identifier: Apache-2.0
// Certificates (RFC 5280): whom they name, and whether an authority vouches for them. Door of
// OpenSSL's X.509; nothing is parsed by hand. Pure but for what is given as the time.
#pragma once

#include <ajour/sdk/bytes.hpp>
#include <ajour/sdk/result.hpp>

#include <chrono>
#include <cstddef>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace ajour::certificates {

using Time = std::chrono::sys_seconds;

constexpr std::size_t chain_max = 8;           ///< certificates that a peer may show
constexpr std::size_t chain_bytes_max = 8192;  ///< and all of them together
constexpr std::size_t anchors_max = 16;        ///< certificates that one text may hold

/// The names in a certificate, written as "O=Acme, CN=name".
struct Names {
    std::string issuer, subject;
    std::string common_name;  ///< of the subject; empty when there is none, or more than one
};

/// The names in the first certificate of a chain, which is DER, one behind the other. Malformed
/// when the chain cannot be read whole.
sdk::Result<Names> names_of(sdk::ByteView chain);

/// The names in the certificates of a text: PEM, or PEM in base64, as Drogue Cloud stores it.
/// Malformed when there is none in it, or anything that cannot be read.
sdk::Result<std::vector<Names>> names_in(std::string_view text);

/// Whether the chain leads to one of the anchors, which are texts as above, and its first
/// certificate is good for a client at that time. An anchor needs not be self-signed; those that
/// cannot be read do not count. Gives the moment at which the first of them ends, or Refused with
/// the reason.
sdk::Result<Time> verify(sdk::ByteView chain, std::span<const std::string> anchors, Time now);

}  // namespace ajour::certificates
