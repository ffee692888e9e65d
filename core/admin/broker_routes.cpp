// SPDX-License-Identifier: Apache-2.0
// Brokers ask here whether a device may log in. The answer is told twice, by the status and in the
// body, because some brokers look at the one and some at the other.
#include "admin/broker_user.hpp"
#include "admin/routes.hpp"

#include <optional>
#include <utility>

namespace ajour::admin {

using sdk::Error;
using sdk::ErrorKind;
using sdk::Result;

namespace {

constexpr std::size_t max_login_body = 8 * 1024;
constexpr std::size_t max_password = 1024;

struct Login {
    std::string user;
    std::string password;
    std::string peer;
};

bool is_form(const Request& request) {
    const auto type = request.headers.find("content-type");
    return type != request.headers.end() &&
           type->second.starts_with("application/x-www-form-urlencoded");
}

Result<Login> login_of_form(const Request& request) {
    auto fields = decode_query(request.body);
    if (!fields) return fields.error();
    return Login{(*fields)["username"], (*fields)["password"], (*fields)["peer"]};
}

Result<Login> login_of_json(const Request& request) {
    const auto body = parse_body(request.body);
    if (!body) return body.error();
    return Login{json::text(*body, "username"), json::text(*body, "password"),
                 json::text(*body, "peer")};
}

Result<Login> read_login(const Request& request) {
    auto login = is_form(request) ? login_of_form(request) : login_of_json(request);
    if (!login || login->peer.empty()) return login;
    auto address = plain_address(login->peer);
    if (!address) {
        return Error{ErrorKind::Malformed, "peer: expected an IP address without a port"};
    }
    login->peer = *std::move(address);
    return login;
}

/// A refusal has a status of its own, for those who look at nothing else, unless ?deny=200 asks for
/// that of success, for those who otherwise take it for a fault of ours.
Response answer(const Request& request, std::string_view result, int status) {
    const auto deny = request.query.find("deny");
    const bool always_200 = deny != request.query.end() && deny->second == "200";
    return json_response({{"result", result}}, always_200 ? 200 : status);
}

/// A password may be wrong; a user that is no device's may be right elsewhere.
Response authenticate(const Dependencies& dependencies, const Request& request) {
    const auto login = read_login(request);
    if (!login) return refusal(login.error());
    const auto device = device_of_user(login->user);
    if (!device) return answer(request, "ignore", 403);
    if (login->password.empty() || login->password.size() > max_password) {
        return answer(request, "deny", 403);
    }
    const auto may = dependencies.login({*device,
                                         *device,
                                         {sdk::Credential::Kind::Password, {}, login->password},
                                         {},
                                         0,
                                         login->peer});
    if (may) return answer(request, "allow", 200);
    switch (may.error().kind) {
        case ErrorKind::Refused:
        case ErrorKind::NotFound:
            return answer(request, "deny", 403);
        case ErrorKind::Throttled:
            return answer(request, "deny", 429);
        default:  // counted where it happened; a log line for each would fill the log
            return refusal(503, "Unavailable", "Not possible now, try again later");
    }
}

}  // namespace

std::vector<Route> broker_routes(const Dependencies& dependencies) {
    return {
        {"POST", "/api/ajour/v1/broker/authenticate", Access::BrokerToken,
         [&dependencies](const Request& request) { return authenticate(dependencies, request); },
         max_login_body}};
}

}  // namespace ajour::admin
