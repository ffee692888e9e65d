// SPDX-License-Identifier: Apache-2.0
#include "submission.hpp"

#include "credentials.hpp"
#include "name.hpp"

namespace ajour::coap {
namespace {

using Outcome = std::variant<Submission, const Answer*>;

struct Sender {
    sdk::DeviceView device;
    sdk::Credential credential;
};

/// A session's identity and a password together are refused, as are the former and a name in the
/// query.
std::optional<Sender> session_sender(const Request& request,
                                     const SessionIdentity& session) noexcept {
    if (request.authorization || request.query.application || request.query.device) {
        return std::nullopt;
    }
    const bool has_names =
        sender::is_name(session.device.application) && sender::is_name(session.device.device);
    if (!has_names) return std::nullopt;
    return Sender{session.device, {session.kind, {}, session.secret}};
}

std::optional<Sender> sender_of(const Request& request, const Access& access) noexcept {
    if (access.session != nullptr && access.authenticates) {
        return session_sender(request, *access.session);
    }
    std::optional<sender::Basic> basic;
    if (request.authorization) basic = sender::parse_basic(*request.authorization);
    if (!basic && (access.authenticates || request.authorization)) return std::nullopt;
    const auto identity = sender::identify(basic, request.query);
    if (!identity) return std::nullopt;
    sdk::Credential credential;
    if (access.authenticates) {
        credential = {sdk::Credential::Kind::Password, identity->username, basic->password};
    }
    return Sender{identity->device, credential};
}

bool knows(std::optional<std::uint32_t> content_format) noexcept {
    if (!content_format) return true;
    return *content_format == format::Cbor || *content_format == format::Json ||
           *content_format == format::Octets;
}

Outcome status_of(const Request& request, const Access& access) noexcept {
    const auto& as = request.query.as;
    const auto sender = sender_of(request, access);
    if (!sender || (as && !sender::is_name(*as))) return &answers::AuthenticationFailed;
    Submission submission;
    submission.message.sender = sender->device;
    submission.message.device = {sender->device.application, as.value_or(sender->device.device)};
    submission.message.credential = sender->credential;
    return submission;
}

}  // namespace

Outcome interpret(Code method, const Request& request, const Access& access) noexcept {
    if (request.problem != nullptr) return request.problem;
    const bool is_root =
        request.path_segments == 0 || (request.path_segments == 1 && request.version.empty());
    if (is_root) return method == Code::Get ? &answers::Alive : &answers::OnlyGet;
    if (request.version != "v1" || request.channel != "dfu") return &answers::UnknownPath;
    if (method != Code::Post) return &answers::OnlyPost;
    if (!knows(request.content_format)) return &answers::UnknownFormat;
    if (request.accept.value_or(format::Cbor) != format::Cbor) return &answers::OnlyCbor;
    return status_of(request, access);
}

}  // namespace ajour::coap
