// SPDX-License-Identifier: Apache-2.0
// The OCI registries that the operator set, by their names.
#pragma once

#include <ajour/sdk/host.hpp>
#include <ajour/sdk/result.hpp>

#include "distribution/server.hpp"
#include "reference.hpp"

#include <cstddef>
#include <cstdint>
#include <map>
#include <memory>
#include <set>
#include <string>
#include <string_view>

namespace ajour::oci {

/// What signatures count for.
enum class SignatureMode : std::uint8_t {
    Off,      ///< they are not looked at
    Verify,   ///< a wrong one is refused, none at all is a warning
    Require,  ///< only a good one will do
};

struct Registry {
    std::string name;  ///< empty: the default one
    Prefix prefix;
    std::set<std::string> applications;  ///< that may use it; empty: all
    SignatureMode signature = SignatureMode::Off;
    std::unique_ptr<Server> server;
};

class Registries {
public:
    /// Throws the sentence that says which setting is wrong. Opens nothing.
    Registries(sdk::Host& host, Metrics& metrics);

    /// NotFound: there is none of that name; Refused: the application may not use it. [any]
    sdk::Result<Registry*> find(std::string_view name, std::string_view application);

    /// The same for one that was found before. [any]
    sdk::Result<Registry*> find(std::string_view name);

    /// Something was pushed to a repository of one of them. [any]
    void wake(const std::string& repository);

    std::size_t count() const noexcept { return by_name_.size(); }
    /// Among all of them, from 0 on; 0 too when there is none of that name. [any]
    std::size_t position_of(std::string_view name) const;

    /// Ends all requests. [any]
    void stop() noexcept;

private:
    std::map<std::string, Registry, std::less<>> by_name_;  ///< never changes
};

}  // namespace ajour::oci
