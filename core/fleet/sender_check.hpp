// SPDX-License-Identifier: Apache-2.0
// Whether who sent a message may speak for its device: with a credential of the device's, or with
// one of a gateway of its.
#pragma once

#include <ajour/sdk/result.hpp>
#include <ajour/sdk/transport.hpp>

#include "digest/credential_tag.hpp"
#include "fleet/lookup.hpp"
#include "fleet/profile.hpp"
#include "work/clock.hpp"

namespace ajour::fleet {

bool speaks_for_itself(const sdk::Message& message);

class SenderCheck {
public:
    SenderCheck(Lookup& lookup, const work::Clock& clock, const digest::CredentialTag& tags)
        : lookup_(lookup), clock_(clock), tags_(tags) {}

    /// The moment at which what was shown ends. Refused, or the error of the registry, which is
    /// asked who the gateway is. [worker]
    sdk::Result<work::Instant> check(const Profile& profile, const sdk::Message& message) const;

private:
    sdk::Result<work::Instant> check_gateway(const Profile& profile,
                                             const sdk::Message& message) const;
    sdk::Result<work::Instant> check_credential(const Profile& profile,
                                                const sdk::Message& message) const;

    Lookup& lookup_;
    const work::Clock& clock_;
    const digest::CredentialTag& tags_;
};

}  // namespace ajour::fleet
