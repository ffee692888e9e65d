// SPDX-License-Identifier: Apache-2.0
#include "oci_source.hpp"

#include "content/digest.hpp"
#include "distribution/sinks.hpp"
#include "read_settings.hpp"
#include "target_spec.hpp"

#include <algorithm>

namespace ajour::oci {

using sdk::Error;
using sdk::ErrorKind;
using sdk::Resolution;
using sdk::Result;

namespace {

std::size_t count_of(const sdk::Settings& settings, const char* key) {
    return static_cast<std::size_t>(settings.integer(key));
}

/// A blob that is the firmware, compared with its digest when all of it came.
Result<void> stream_blob(const Origin& origin, Repository& repository, sdk::ByteSink& sink,
                         std::uint64_t from) {
    Descriptor blob;
    blob.digest = origin.digest;
    blob.size = origin.size;
    if (from > 0) return repository.blob(blob, sink, from);  // the host compares the whole
    HashingSink hashing(sink);
    if (auto streamed = repository.blob(blob, hashing, 0); !streamed) return streamed;
    const auto found = digest_text(hashing.finish());
    if (found == origin.digest) return {};
    return Error{ErrorKind::Mismatch, "blob " + origin.repository + "@" + origin.digest +
                                          ": found bytes of digest " + found};
}

}  // namespace

OciSource::OciSource(sdk::Host& host)
    : host_(host),
      metrics_(host),
      registries_(host, metrics_),
      store_(host.state_directory() / "firmware",
             static_cast<std::uint64_t>(host.settings().integer("store.max")),
             metrics_.stored_bytes),
      failures_(host.settings().duration("poll"), count_of(host.settings(), "references.max"),
                metrics_.failures),
      gate_(host.settings().text("signature.keys"), host.settings().duration("poll"),
            count_of(host.settings(), "references.max"), metrics_),
      releases_(read_wishes(host.settings()), store_, gate_, failures_,
                count_of(host.settings(), "references.max"), metrics_),
      offered_(host.state_directory() / "offered.db", count_of(host.settings(), "references.max"),
               metrics_.offered),
      resolver_(read_limits(host.settings()), releases_, failures_, offered_, host, metrics_),
      hook_(host.settings().text("hook.secret"), host.settings().boolean("hook.open"), host,
            metrics_, [this](const Pushed& pushed) { expire(pushed); }) {}

sdk::SourceTraits OciSource::traits() {
    sdk::SourceTraits traits;
    traits.keys = {"container", "oci"};
    traits.upstreams = std::max<std::size_t>(registries_.count(), 1);
    return traits;
}

std::size_t OciSource::upstream_of(const sdk::Target& target) {
    const auto spec = parse_target_spec(target.spec);
    return spec ? registries_.position_of(spec->registry) : 0;
}

Result<void> OciSource::start() {
    if (const auto opened = offered_.start(); !opened) {  // it goes without what was offered before
        host_.log(sdk::LogLevel::Warning, opened.error().text);
    }
    auto started = store_.start();
    if (!started) return started.error().in("source oci");
    return started;
}

void OciSource::stop() {
    resolver_.stop();
    registries_.stop();
}

Result<Resolution> OciSource::resolve(const sdk::ResolveRequest& request) {
    auto spec = parse_target_spec(request.target.spec);
    if (!spec) return spec.error().in("spec.firmware." + request.target.source);
    const auto& application = request.target.application;
    const auto registry = registries_.find(spec->registry, application);
    if (!registry) return registry.error();
    auto reference = image_below((*registry)->prefix, spec->image);
    if (!reference) return reference.error();
    return resolver_.resolve(
        Errand{**registry, application, std::move(*reference), std::move(*spec)});
}

Result<void> OciSource::fetch(const sdk::Offer& offer, sdk::ByteSink& sink, std::uint64_t from) {
    const auto origin = parse_origin(offer.origin);
    if (!origin) return origin.error();
    const auto registry = registries_.find(origin->registry);
    if (!registry) return registry.error();
    if (from > origin->size) {
        return Error{ErrorKind::Mismatch, "asked for byte " + std::to_string(from) + " of " +
                                              std::to_string(origin->size)};
    }
    auto repository = resolver_.repository_of(**registry, origin->repository);
    if (origin->in_files) return releases_.stream(*origin, repository, sink, from);
    return stream_blob(*origin, repository, sink, from);
}

void OciSource::expire(const Pushed& pushed) {
    registries_.wake(pushed.repository);
    resolver_.expire(pushed.repository, pushed.tag);
    gate_.expire();
}

}  // namespace ajour::oci
