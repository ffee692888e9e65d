// SPDX-License-Identifier: Apache-2.0
// Which request goes where, and who may make it. Knows no sockets, and of the answers only
// refusals.
#pragma once

#include "admin/message.hpp"
#include "admin/server.hpp"

#include <cstddef>
#include <cstdint>
#include <functional>
#include <string_view>
#include <vector>

namespace ajour::admin {

enum class Access : std::uint8_t {
    Anyone,
    Token,         ///< an admin token
    BrokerToken,   ///< a broker's token, or an admin token
    LocalOrToken,  ///< also without one from the loopback interface
};

struct Route {
    std::string_view method;
    std::string_view pattern;  ///< "{}" stands for one segment, a last "{*}" for all that follows
    Access access = Access::Token;
    std::function<Response(const Request&)> answer;
    std::size_t max_body = 0;  ///< 0: as the settings say
};

class Routes {
public:
    /// `dependencies` outlives the routes.
    Routes(const ServerSettings& settings, const Dependencies& dependencies);

    /// The largest body that the request may have; known from method and path.
    std::size_t max_body(const Request& request) const;

    /// Always an answer; nothing is thrown. Takes the request's names apart. The request outlives
    /// the answer, whose further pieces may throw.
    Response answer(Request& request) const noexcept;

private:
    const Route* find(const Request& request) const;
    Response refuse_unknown(const Request& request) const;
    bool may(const Request& request, Access access) const;
    Response answer_or_throw(Request& request) const;
    void log_fault(const Request& request, std::string_view fault) const;
    std::function<std::string()> with_log(const Request& request,
                                          std::function<std::string()> more) const;

    const Dependencies& dependencies_;
    const std::size_t max_body_;
    std::vector<Route> routes_;
};

/// Applications and devices, in Drogue Cloud's paths and shapes.
std::vector<Route> registry_routes(const Dependencies& dependencies);
/// What brokers ask.
std::vector<Route> broker_routes(const Dependencies& dependencies);
/// Health, metrics, and Ajour's own API.
std::vector<Route> ajour_routes(const ServerSettings& settings, const Dependencies& dependencies);

}  // namespace ajour::admin
