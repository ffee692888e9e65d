// SPDX-License-Identifier: Apache-2.0
// What a request asks of the host. Pure; knows Drogue Cloud's device endpoint, and neither socket
// nor clock.
#pragma once

#include <ajour/sdk/transport.hpp>

#include "answer.hpp"
#include "request_reader.hpp"

#include <chrono>
#include <optional>
#include <string>
#include <variant>

namespace ajour::http {

/// The certificate of a client that has its key. Whether anybody vouches for it is the host's to
/// say.
struct ClientCertificate {
    std::string issuer;   ///< a name of the application
    std::string subject;  ///< a name of the device
    std::string chain;    ///< DER, one behind the other, the client's own first
};

/// How senders prove who they are on this connection.
struct Access {
    bool authenticates = true;
    const ClientCertificate* certificate = nullptr;  ///< null: the peer showed none
};

/// A status for the host. `message.peer` is left to the caller; the views point into the request.
struct Submission {
    sdk::Message message;
    std::optional<std::chrono::seconds> command_timeout;
};

/// Decides what is to become of a request: a status for the host, or an answer at once.
std::variant<Submission, const Answer*> interpret(const Request& request,
                                                  const Access& access) noexcept;

/// Whether a Content-Type says JSON: application/json, or any type that ends in +json.
bool is_json(std::string_view content_type) noexcept;

}  // namespace ajour::http
