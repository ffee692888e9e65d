// SPDX-License-Identifier: Apache-2.0
#include "pointers.hpp"

#include <algorithm>
#include <utility>

namespace ajour::oci {

using sdk::ErrorKind;
using sdk::Result;

namespace {

std::string name_of(const std::string& registry, const Reference& reference) {
    return registry + ' ' + reference.repository + ':' + std::string(reference.version_name());
}

}  // namespace

bool Pointers::is_fresh(const Pointer& pointer, bool always) const {
    const auto now = std::chrono::steady_clock::now();
    return now < pointer.due && !(always && now >= pointer.looked_at + freshness_.poll);
}

Result<Pointers::Pointed> Pointers::current(const std::string& registry, const Reference& reference,
                                            HttpRepository& repository, bool always) {
    if (!reference.digest.empty()) return Pointed{reference.digest, {}, {}};
    const auto name = name_of(registry, reference);
    const auto pushes = pushes_.of(reference.repository);
    auto pointer = memory_.find(name);
    if (!pointer) return first_look(name, reference, repository, pushes);
    if (is_fresh(*pointer, always)) return Pointed{pointer->digest, {}, {}};
    return look_again(name, std::move(*pointer), repository, pushes);
}

Result<Pointers::Pointed> Pointers::first_look(const std::string& name, const Reference& reference,
                                               HttpRepository& repository, unsigned pushes) {
    const std::string tag(reference.version_name());
    auto document = repository.manifest(tag);
    if (!document) return document.error();
    // Its real ETag is learned at the next look; most OCI registries use the digest.
    Pointer pointer{reference.repository, tag, document->digest, '"' + document->digest + '"', {}};
    return remember(name, std::move(pointer), std::move(*document), pushes);
}

Result<Pointers::Pointed> Pointers::look_again(const std::string& name, Pointer pointer,
                                               HttpRepository& repository, unsigned pushes) {
    auto look = repository.look(pointer.tag, pointer.etag);
    if (!look) {
        const auto kind = look.error().kind;
        if (kind != ErrorKind::Unavailable && kind != ErrorKind::Timeout) return look.error();
        return Pointed{pointer.digest, {}, look.error().text};
    }
    if (look->unchanged) return remember(name, std::move(pointer), {}, pushes);
    if (!look->digest.empty()) {
        pointer.digest = std::move(look->digest);
        pointer.etag = std::move(look->etag);
        return remember(name, std::move(pointer), {}, pushes);
    }
    auto document = repository.manifest(pointer.tag);
    if (!document) return document.error();
    pointer.digest = document->digest;
    pointer.etag = std::move(look->etag);
    return remember(name, std::move(pointer), std::move(*document), pushes);
}

Pointers::Pointed Pointers::remember(const std::string& name, Pointer pointer,
                                     std::optional<Document> document, unsigned pushes) {
    pointer.looked_at = std::chrono::steady_clock::now();
    const std::lock_guard lock(changing_);
    const bool pushed = pushes_.of(pointer.repository) != pushes;
    pointer.due = pushed ? pointer.looked_at + freshness_.hook : Instant::max();
    Pointed pointed{pointer.digest, std::move(document), {}};
    memory_.put(name, std::move(pointer));
    return pointed;
}

void Pointers::doubt(const std::string& registry, const Reference& reference) {
    const auto name = name_of(registry, reference);
    const std::lock_guard lock(changing_);
    auto pointer = memory_.find(name);
    if (!pointer) return;
    pointer->due = std::min(pointer->due, pointer->looked_at + freshness_.poll);
    memory_.put(name, std::move(*pointer));
}

void Pointers::expire(const std::string& repository, const std::string& tag) {
    const std::lock_guard lock(changing_);
    memory_.each([&](Pointer& pointer) {
        if (pointer.repository != repository) return;
        if (!tag.empty() && pointer.tag != tag) return;
        pointer.due = std::min(pointer.due, pointer.looked_at + freshness_.hook);
    });
}

}  // namespace ajour::oci
