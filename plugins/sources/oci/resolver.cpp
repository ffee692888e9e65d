// SPDX-License-Identifier: Apache-2.0
#include "resolver.hpp"

#include "json/value.hpp"

#include <algorithm>

namespace ajour::oci {

using sdk::Error;
using sdk::ErrorKind;
using sdk::NotYet;
using sdk::Offer;
using sdk::Resolution;
using sdk::Result;
using std::chrono::seconds;

namespace {

constexpr seconds Patience{2};
constexpr seconds LongestRest{300};  // then it is asked again, if only from memory
constexpr std::size_t LongestWarning = 400;

bool is_silence(const Error& error) {
    return error.kind == ErrorKind::Unavailable || error.kind == ErrorKind::Timeout;
}

void add(std::string& warnings, const std::string& warning) {
    if (warning.empty()) return;
    if (!warnings.empty()) warnings += "; ";
    warnings += warning;
}

std::string moved_text(const NamedRelease& before, const NamedRelease& now, bool hold) {
    return "the tag moved under the same version " + printable(before.version, 40) +
           ": its firmware is now sha256:" + now.sha256.hex().substr(0, 12) +
           ", it was sha256:" + before.sha256.hex().substr(0, 12) +
           (hold ? ", which goes on being offered (source.oci.same_version)" : "");
}

}  // namespace

Resolver::Resolver(ResolverLimits limits, Releases& releases, Metrics& metrics)
    : limits_(limits),
      releases_(releases),
      metrics_(metrics),
      pointers_(limits.freshness, limits.references_max, metrics.references),
      choices_(limits.freshness, limits.references_max, metrics.choices),
      offered_(limits.references_max, metrics.offered) {}

HttpRepository Resolver::repository_of(Registry& registry, const std::string& name) {
    return HttpRepository(*registry.server, name, limits_.tags_max,
                          std::chrono::steady_clock::now() + limits_.resolve, metrics_);
}

Result<Resolution> Resolver::resolve(const Errand& errand) {
    const auto flight = flights_.enter(
        errand.registry.name + ' ' + errand.reference.text() + ' ' + errand.spec.policy_text,
        Patience);
    if (!flight) {
        return Resolution(NotYet{Patience, errand.reference.text() + " is being asked for"});
    }
    auto resolution = ask(errand);
    if (resolution || !is_silence(resolution.error())) return resolution;
    const auto rest = errand.registry.server->rest();
    if (!rest) return resolution;
    return Resolution(NotYet{std::min(rest->left, LongestRest), resolution.error().text});
}

Result<Resolution> Resolver::ask(const Errand& errand) {
    auto repository = repository_of(errand.registry, errand.reference.repository);
    std::string name;
    auto found = find(errand, repository, name);
    if (!found) return found.error();
    return Resolution(offer_of(name, std::move(*found)));
}

Result<Resolver::Found> Resolver::find(const Errand& errand, HttpRepository& repository,
                                       std::string& name) {
    auto reference = errand.reference;
    std::string stale;
    if (errand.spec.policy) {
        auto chosen = choices_.current(errand.registry.name, reference.repository,
                                       *errand.spec.policy, errand.spec.policy_text, repository);
        if (!chosen) return chosen.error();
        reference.tag = std::move(chosen->tag);
        stale = std::move(chosen->stale);
    }
    name = name_of(errand, reference);
    const auto pointed = pointers_.current(errand.registry.name, reference, repository,
                                           looks_again(errand, reference));
    if (!pointed) return pointed.error();
    add(stale, pointed->stale);
    auto served = releases_.find(errand, reference, pointed->digest, pointed->document, repository);
    if (served) return Found{std::move(*served), std::move(stale)};
    if (!is_silence(served.error())) pointers_.doubt(errand.registry.name, reference);
    return served.error();
}

bool Resolver::looks_again(const Errand& errand, const Reference& reference) const {
    if (errand.spec.pull_policy != PullPolicy::Unsaid) {
        return errand.spec.pull_policy == PullPolicy::Always;
    }
    return releases_.is_moving_tag(reference.version_name());
}

Offer Resolver::offer_of(const std::string& name, Found found) {
    auto& release = found.served.release;
    std::string warning = std::move(found.served.warning);
    const auto before = offered_.find(name);
    if (before && before->version == release.version && before->sha256 != release.sha256) {
        add(warning, moved_text(*before, release, limits_.hold_same_version));
        if (limits_.hold_same_version) release = *before;
    } else {
        offered_.put(name, release);
    }
    if (!found.stale.empty()) add(warning, "not looked at again: " + found.stale);
    Offer offer;
    offer.version = release.version;
    offer.size = release.origin.size;
    offer.sha256 = release.sha256;
    offer.origin = release.origin.text();
    offer.warning = printable(warning, LongestWarning);
    return offer;
}

void Resolver::expire(const std::string& repository, const std::string& tag) {
    choices_.expire(repository);
    pointers_.expire(repository, tag);
}

}  // namespace ajour::oci
