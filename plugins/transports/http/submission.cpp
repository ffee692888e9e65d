// SPDX-License-Identifier: Apache-2.0
#include "submission.hpp"

#include "credentials.hpp"
#include "name.hpp"
#include "request_target.hpp"

#include <algorithm>

namespace ajour::http {
namespace {

using Outcome = std::variant<Submission, const Answer*>;

struct Sender {
    sdk::DeviceView device;
    sdk::Credential credential;
};

/// A certificate and a password together are refused, as are a certificate and a name in the query.
std::optional<Sender> certified_sender(const Request& request, const RequestTarget& target,
                                       const ClientCertificate& shown) noexcept {
    if (request.has_authorization || target.application || target.device) return std::nullopt;
    if (!sender::is_name(shown.issuer) || !sender::is_name(shown.subject)) return std::nullopt;
    return Sender{{shown.issuer, shown.subject},
                  {sdk::Credential::Kind::Certificate, {}, shown.chain}};
}

std::optional<Sender> sender_of(const Request& request, const RequestTarget& target,
                                const Access& access) noexcept {
    if (access.certificate != nullptr && access.authenticates) {
        return certified_sender(request, target, *access.certificate);
    }
    std::optional<sender::Basic> basic;
    if (request.has_authorization) basic = sender::parse_basic(request.authorization);
    if (!basic && (access.authenticates || request.has_authorization)) return std::nullopt;
    const auto identity = sender::identify(basic, target);
    if (!identity) return std::nullopt;
    sdk::Credential credential;
    if (access.authenticates) {
        credential = {sdk::Credential::Kind::Password, identity->username, basic->password};
    }
    return Sender{identity->device, credential};
}

Outcome status_of(const Request& request, const RequestTarget& target,
                  const Access& access) noexcept {
    const auto sender = sender_of(request, target, access);
    if (!sender || (target.as && !sender::is_name(*target.as)))
        return &answers::AuthenticationFailed;
    Submission submission;
    submission.message.sender = sender->device;
    submission.message.device = {sender->device.application,
                                 target.as.value_or(sender->device.device)};
    submission.message.credential = sender->credential;
    submission.message.payload = request.body;
    submission.command_timeout = target.command_timeout;
    return submission;
}

bool reads(Request::Method method) noexcept {
    return method == Request::Method::Get || method == Request::Method::Head;
}

}  // namespace

Outcome interpret(const Request& request, const Access& access) noexcept {
    const auto target = parse_target(request.target);
    if (!target) return &answers::InvalidQuery;
    if (target->path == "/") {
        return reads(request.method) ? &answers::Alive : &answers::OnlyGet;
    }
    if (target->channel != "dfu") return &answers::UnknownPath;
    if (request.method != Request::Method::Post) return &answers::OnlyPost;
    return status_of(request, *target, access);
}

bool is_json(std::string_view content_type) noexcept {
    const auto type = content_type.substr(0, content_type.find_first_of("; \t"));
    const auto ends_in = [type](std::string_view wanted) {
        return type.size() >= wanted.size() &&
               std::ranges::equal(type.substr(type.size() - wanted.size()), wanted,
                                  [](char given, char lower) {
                                      return given == lower || (given | 0x20) == lower;
                                  });
    };
    return type.size() == 16 ? ends_in("application/json") : ends_in("+json");
}

}  // namespace ajour::http
