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

/// What one at a time asks for.
std::string place_of(const Errand& errand) {
    return errand.registry.name + ' ' + errand.reference.text() + ' ' + errand.spec.policy_text;
}

/// What a policy chose is remembered apart from the tag that it chose.
std::string target_of(const Errand& errand) {
    auto name = name_of(errand, errand.reference);
    return errand.spec.policy ? name + '\n' + errand.spec.policy_text : name;
}

std::string moved_text(const NamedRelease& before, const NamedRelease& now, bool hold) {
    return "the tag moved under the same version " + printable(before.version, 40) +
           ": its firmware is now sha256:" + now.sha256.hex().substr(0, 12) +
           ", it was sha256:" + before.sha256.hex().substr(0, 12) +
           (hold ? ", which goes on being offered (source.oci.same_version)" : "");
}

}  // namespace

Resolver::Resolver(ResolverLimits limits, Releases& releases, Failures& failures, Offered& offered,
                   sdk::Host& host, Metrics& metrics)
    : limits_(limits),
      releases_(releases),
      failures_(failures),
      offered_(offered),
      host_(host),
      metrics_(metrics),
      pointers_(limits.freshness, pushes_, limits.references_max, metrics.references),
      choices_(limits.freshness, pushes_, limits.references_max, metrics.choices) {}

HttpRepository Resolver::repository_of(Registry& registry, const std::string& name) {
    return HttpRepository(*registry.server, name, limits_.repository, metrics_);
}

Result<Resolution> Resolver::resolve(const Errand& errand) {
    const auto flight = flights_.enter(place_of(errand), Patience);
    if (!flight) {
        return Resolution(NotYet{Patience, errand.reference.text() + " is being asked for"});
    }
    auto resolution = ask(errand);
    if (resolution || !is_silence(resolution.error())) return resolution;
    const auto rest = errand.registry.server->rest(errand.reference.repository);
    if (!rest) return resolution;
    return Resolution(NotYet{std::min(rest->left, LongestRest), resolution.error().text});
}

Result<Resolution> Resolver::ask(const Errand& errand) {
    auto repository = repository_of(errand.registry, errand.reference.repository);
    auto found = find(errand, repository);
    if (!found) return found.error();
    auto& [release, warning] = found->served;
    if (!found->stale.empty()) add(warning, "not looked at again: " + found->stale);
    Offer offer;
    offer.version = std::move(release.version);
    offer.size = release.origin.size;
    offer.sha256 = release.sha256;
    offer.origin = release.origin.text();
    offer.warning = printable(warning, LongestWarning);
    return Resolution(std::move(offer));
}

Result<Resolver::Found> Resolver::find(const Errand& errand, HttpRepository& repository) {
    auto found = look(errand, repository);
    if (!found && is_silence(found.error())) return last_offered(errand, repository, found.error());
    if (found && errand.spec.policy) remember(target_of(errand), found->served.release);
    return found;
}

/// What the target was offered before a restart, as far as it may still be served.
Result<Resolver::Found> Resolver::last_offered(const Errand& errand, HttpRepository& repository,
                                               const Error& silence) {
    auto before = offered_.find_earlier(target_of(errand));
    if (!before) return silence;
    auto passed = releases_.check(errand, errand.reference, *before, repository);
    if (!passed) return silence;
    return Found{{std::move(*before), std::move(*passed)}, silence.text};
}

void Resolver::remember(const std::string& name, const NamedRelease& release) {
    const auto put = offered_.put(name, release);
    if (!put) host_.log(sdk::LogLevel::Warning, put.error().text);
}

Result<Resolver::Found> Resolver::look(const Errand& errand, HttpRepository& repository) {
    const auto place = place_of(errand);
    if (auto failure = failures_.find(place)) return std::move(*failure);
    auto reference = errand.reference;
    const auto pushes = pushes_.of(reference.repository);
    const auto pointed = point(errand, reference, repository);
    if (!pointed) {
        if (pushes_.of(reference.repository) != pushes) return pointed.error();
        return failures_.remember(place, reference.repository, pointed.error());
    }
    auto served = releases_.find(errand, reference, pointed->digest, pointed->document, repository);
    if (!served) {
        if (!is_silence(served.error())) pointers_.doubt(errand.registry.name, reference);
        return served.error();
    }
    hold(errand, reference, *served, repository);
    return Found{std::move(*served), pointed->stale};
}

/// The digest that is wanted now, and into `reference` the tag that a policy chooses.
Result<Pointers::Pointed> Resolver::point(const Errand& errand, Reference& reference,
                                          HttpRepository& repository) {
    std::string stale;
    if (errand.spec.policy) {
        auto chosen = choices_.current(errand.registry.name, reference.repository,
                                       *errand.spec.policy, errand.spec.policy_text, repository);
        if (!chosen) return chosen.error();
        reference.tag = std::move(chosen->tag);
        stale = std::move(chosen->stale);
    }
    auto pointed = pointers_.current(errand.registry.name, reference, repository,
                                     looks_again(errand, reference));
    if (pointed) add(pointed->stale, stale);
    return pointed;
}

bool Resolver::looks_again(const Errand& errand, const Reference& reference) const {
    if (errand.spec.pull_policy != PullPolicy::Unsaid) {
        return errand.spec.pull_policy == PullPolicy::Always;
    }
    return releases_.is_moving_tag(reference.version_name());
}

/// Puts what was offered before in the place of other content under the same version, when that is
/// wished, and it may still be served.
void Resolver::hold(const Errand& errand, const Reference& reference, ServedRelease& served,
                    HttpRepository& repository) {
    const auto name = name_of(errand, reference);
    auto before = offered_.find(name);
    const bool moved = before && before->version == served.release.version &&
                       before->sha256 != served.release.sha256;
    if (!moved) return remember(name, served.release);
    const bool hold =
        limits_.hold_same_version && releases_.check(errand, reference, *before, repository).ok();
    add(served.warning, moved_text(*before, served.release, hold));
    if (hold) served.release = std::move(*before);
}

void Resolver::expire(const std::string& repository, const std::string& tag) {
    pushes_.add(repository);
    failures_.expire(repository);
    choices_.expire(repository);
    pointers_.expire(repository, tag);
}

}  // namespace ajour::oci
