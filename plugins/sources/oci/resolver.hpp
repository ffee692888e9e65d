// SPDX-License-Identifier: Apache-2.0
// From what a target asks to an offer: the tag of a policy, the digest of a tag, the release at a
// digest; each remembered, each asked for once.
#pragma once

#include <ajour/sdk/release.hpp>
#include <ajour/sdk/result.hpp>

#include "errand.hpp"
#include "failures.hpp"
#include "flights.hpp"
#include "memory.hpp"
#include "offered.hpp"
#include "pointers.hpp"
#include "pushes.hpp"
#include "releases.hpp"
#include "tag_choices.hpp"

#include <chrono>
#include <string>

namespace ajour::oci {

struct ResolverLimits {
    Freshness freshness;
    RepositoryLimits repository;
    std::size_t references_max = 10'000;
    bool hold_same_version = true;  ///< other content under a version that was offered waits
};

class Resolver {
public:
    Resolver(ResolverLimits limits, Releases& releases, Failures& failures, Offered& offered,
             sdk::Host& host, Metrics& metrics);

    /// [worker]
    sdk::Result<sdk::Resolution> resolve(const Errand& errand);

    /// Something was pushed: what it may change is looked at again soon. [any]
    void expire(const std::string& repository, const std::string& tag);

    /// From now on nobody waits for another. [any]
    void stop() { flights_.stop(); }

    /// A repository for one piece of work. [worker]
    HttpRepository repository_of(Registry& registry, const std::string& name);

private:
    struct Found {
        ServedRelease served;
        std::string stale;  ///< why what was known could not be looked at again, or empty
    };

    sdk::Result<sdk::Resolution> ask(const Errand& errand);
    sdk::Result<Found> find(const Errand& errand, HttpRepository& repository);
    sdk::Result<Found> look(const Errand& errand, HttpRepository& repository);
    sdk::Result<Found> last_offered(const Errand& errand, HttpRepository& repository,
                                    const sdk::Error& silence);
    void remember(const std::string& name, const NamedRelease& release);
    sdk::Result<Pointers::Pointed> point(const Errand& errand, Reference& reference,
                                         HttpRepository& repository);
    bool looks_again(const Errand& errand, const Reference& reference) const;
    void hold(const Errand& errand, const Reference& reference, ServedRelease& served,
              HttpRepository& repository);

    const ResolverLimits limits_;
    Releases& releases_;
    Failures& failures_;
    Offered& offered_;
    sdk::Host& host_;
    Metrics& metrics_;
    Flights flights_;
    Pushes pushes_;
    Pointers pointers_;
    TagChoices choices_;
};

}  // namespace ajour::oci
