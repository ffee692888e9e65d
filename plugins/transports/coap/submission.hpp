// SPDX-License-Identifier: Apache-2.0
// What a request asks of the host. Pure; knows Drogue Cloud's device endpoint, and neither socket
// nor clock.
#pragma once

#include <ajour/sdk/transport.hpp>

#include "answer.hpp"
#include "request.hpp"

#include <string>
#include <variant>

namespace ajour::coap {

/// Whose key the handshake of a secured session has proven a peer to have. Whether anybody vouches
/// for a certificate is the host's to say.
struct SessionIdentity {
    sdk::DeviceId device;
    sdk::Credential::Kind kind = sdk::Credential::Kind::PreSharedKey;
    std::string secret{};  ///< a key's tag; or certificates in DER, one behind the other, the
                           ///< peer's own first
};

/// How senders prove who they are.
struct Access {
    bool authenticates = true;
    const SessionIdentity* session = nullptr;  ///< null: the handshake proved nothing
};

/// A status for the host; `message.payload`, `room` and `peer` are left to the caller. The views
/// point into the request.
struct Submission {
    sdk::Message message;
};

/// Decides what is to become of a request: a status for the host, or an answer at once.
std::variant<Submission, const Answer*> interpret(Code method, const Request& request,
                                                  const Access& access) noexcept;

}  // namespace ajour::coap
