// SPDX-License-Identifier: Apache-2.0
// Credentials as docker's config.json has them, which is also what Kubernetes keeps in secrets of
// type dockerconfigjson and dockercfg. Pure.
#pragma once

#include <ajour/sdk/result.hpp>

#include <string>
#include <string_view>

namespace ajour::oci {

struct Login {
    std::string user;
    std::string password;
    std::string identity_token;  ///< an OAuth2 refresh token, to be used instead of the password

    bool empty() const noexcept {
        return user.empty() && password.empty() && identity_token.empty();
    }
    friend bool operator==(const Login&, const Login&) = default;
};

/// The login for `host` and a repository in it: the entry of the longest path that fits, else that
/// of the host; an empty one when there is none. Malformed never repeats what was found.
sdk::Result<Login> login_of(std::string_view file, std::string_view host,
                            std::string_view repository);

}  // namespace ajour::oci
