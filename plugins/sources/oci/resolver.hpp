// SPDX-License-Identifier: Apache-2.0
// From what a target asks to an offer: the tag of a policy, the digest of a tag, the release at a
// digest; each remembered, each asked for once.
#pragma once

#include <ajour/sdk/release.hpp>
#include <ajour/sdk/result.hpp>

#include "errand.hpp"
#include "flights.hpp"
#include "memory.hpp"
#include "pointers.hpp"
#include "releases.hpp"
#include "tag_choices.hpp"

#include <chrono>
#include <string>

namespace ajour::oci {

struct ResolverLimits {
    Freshness freshness;
    std::chrono::milliseconds resolve{60'000};  ///< for all that one resolve asks
    std::size_t references_max = 10'000;
    std::size_t tags_max = 10'000;
    bool hold_same_version = true;  ///< other content under a version that was offered waits
};

class Resolver {
public:
    Resolver(ResolverLimits limits, Releases& releases, Metrics& metrics);

    /// [worker]
    sdk::Result<sdk::Resolution> resolve(const Errand& errand);

    /// Something was pushed: what it may change is looked at again soon. [any]
    void expire(const std::string& repository, const std::string& tag);

    /// A repository for one piece of work. [worker]
    HttpRepository repository_of(Registry& registry, const std::string& name);

private:
    struct Found {
        ServedRelease served;
        std::string stale;
    };

    sdk::Result<sdk::Resolution> ask(const Errand& errand);
    sdk::Result<Found> find(const Errand& errand, HttpRepository& repository, std::string& name);
    bool looks_again(const Errand& errand, const Reference& reference) const;
    sdk::Offer offer_of(const std::string& name, Found found);

    const ResolverLimits limits_;
    Releases& releases_;
    Metrics& metrics_;
    Flights flights_;
    Pointers pointers_;
    TagChoices choices_;
    Memory<NamedRelease> offered_;  ///< by the names of targets, to see what has moved
};

}  // namespace ajour::oci
