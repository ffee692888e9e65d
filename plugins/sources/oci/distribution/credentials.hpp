// SPDX-License-Identifier: Apache-2.0
// What is shown to one OCI registry, as the operator set it.
#pragma once

#include <ajour/sdk/result.hpp>

#include "distribution/auths_file.hpp"

#include <string>
#include <string_view>

namespace ajour::oci {

struct CredentialSettings {
    std::string user, password;
    std::string password_file;  ///< read again at each use: tokens in it are replaced
    std::string auths;          ///< docker's config.json, or a folder that has it; read likewise
};

class Credentials {
public:
    /// `host` is the one of the prefix, by which an `auths` file knows its entries.
    Credentials(CredentialSettings settings, std::string host)
        : settings_(std::move(settings)), host_(std::move(host)) {}

    /// The login for a repository, as it is now; an empty one: none is set. Never names a secret.
    /// [worker]
    sdk::Result<Login> login(std::string_view repository) const;

private:
    const CredentialSettings settings_;
    const std::string host_;
};

}  // namespace ajour::oci
