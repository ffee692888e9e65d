// SPDX-License-Identifier: Apache-2.0
#include "releases.hpp"

#include "content/digest.hpp"
#include "content/version_name.hpp"

#include <system_error>

namespace ajour::oci {

using sdk::ErrorKind;
using sdk::Result;

namespace {

std::vector<std::string> signed_digests(const std::string& manifest, const std::string& index) {
    if (index.empty()) return {manifest};
    return {manifest, index};
}

Result<Document> document_at(const std::string& digest, const std::optional<Document>& given,
                             Repository& repository) {
    if (given && given->digest == digest) return *given;
    return repository.manifest(digest);
}

}  // namespace

Releases::Releases(Wishes usual, FirmwareStore& store, SignatureGate& gate, Failures& failures,
                   std::size_t most, Metrics& metrics)
    : usual_(std::move(usual)),
      store_(store),
      gate_(gate),
      failures_(failures),
      memory_(most, metrics.releases),
      signables_(most, metrics.signables) {}

bool Releases::is_moving_tag(std::string_view tag) const {
    return is_moving(tag, usual_.moving_tags);
}

Wishes Releases::wishes_of(const Errand& errand, const Reference& reference) const {
    auto wishes = usual_;
    wishes.tag = reference.tag;
    if (reference.tag.empty() && reference.digest.empty()) wishes.tag = "latest";
    wishes.version = errand.spec.version;
    wishes.platform = errand.spec.platform;
    return wishes;
}

Result<ServedRelease> Releases::find(const Errand& errand, const Reference& reference,
                                     const std::string& digest,
                                     const std::optional<Document>& given, Repository& repository) {
    const auto key = name_of(errand, reference) + ' ' + digest;
    if (auto known = memory_.find(key)) {
        auto passed = check(errand, reference, *known, repository);
        if (!passed) return passed.error();
        return ServedRelease{std::move(*known), std::move(*passed)};
    }
    if (auto failure = failures_.find(key)) return std::move(*failure);
    if (const auto known = signables_.find(key)) {
        const NamedRelease named{{}, {}, {}, known->manifest, known->index};
        if (auto passed = check(errand, reference, named, repository); !passed) {
            return passed.error();
        }
    }
    const auto document = document_at(digest, given, repository);
    if (!document) return failures_.remember(key, reference.repository, document.error());
    return find_anew(key, errand, reference, *document, repository);
}

Result<ServedRelease> Releases::find_anew(const std::string& key, const Errand& errand,
                                          const Reference& reference, const Document& document,
                                          Repository& repository) {
    const auto wishes = wishes_of(errand, reference);
    const auto found = find_release(document, repository, wishes);
    if (!found) return failures_.remember(key, reference.repository, found.error());
    signables_.put(key, {found->manifest, found->index});
    NamedRelease named{{}, {}, {}, found->manifest, found->index};
    auto passed = check(errand, reference, named, repository);
    if (!passed) return passed.error();
    named.origin = {found->in_files, errand.registry.name, reference.repository, {}, 0};
    if (auto done = name(named, *found, wishes, repository); !done) {
        return failures_.remember(key, reference.repository, done.error());
    }
    memory_.put(key, named);
    return ServedRelease{std::move(named), std::move(*passed)};
}

Result<std::string> Releases::check(const Errand& errand, const Reference& reference,
                                    const NamedRelease& release, Repository& repository) {
    return gate_.check(errand.registry, errand.application, reference.repository,
                       signed_digests(release.manifest, release.index), repository);
}

Result<void> Releases::name(NamedRelease& named, const FoundRelease& found, const Wishes& wishes,
                            Repository& repository) {
    if (!found.in_files) {
        const auto& firmware = found.layers.front();
        named.version = found.version;
        named.sha256 = sha256_of(firmware.digest);
        named.origin.digest = firmware.digest;
        named.origin.size = firmware.size;
        return {};
    }
    const auto firmware = unpacked(found, wishes, repository);
    if (!firmware) return firmware.error();
    named.version = wishes.version.empty() ? firmware->version : wishes.version;
    named.sha256 = firmware->sha256;
    named.origin.digest = found.manifest;
    named.origin.size = firmware->size;
    return {};
}

Result<StoredFirmware> Releases::unpacked(const FoundRelease& found, const Wishes& wishes,
                                          Repository& repository) {
    if (auto kept = store_.find(found.manifest)) return std::move(*kept);
    auto plain = wishes;
    plain.version.clear();  // what is kept has the version that the image itself names
    const auto file = store_.new_file();
    const auto taken = extract_files(found, repository, plain, file);
    if (!taken) {
        std::error_code ignored;
        std::filesystem::remove(file, ignored);
        return taken.error();
    }
    StoredFirmware firmware{taken->version, taken->size, taken->sha256};
    if (auto kept = store_.keep(file, found.manifest, firmware); !kept) return kept.error();
    return firmware;
}

Result<void> Releases::stream(const Origin& origin, Repository& repository, sdk::ByteSink& sink,
                              std::uint64_t from) {
    auto streamed = store_.stream(origin.digest, sink, from);
    if (streamed || streamed.error().kind != ErrorKind::NotFound) return streamed;
    const auto document = repository.manifest(origin.digest);
    if (!document) return document.error();
    auto wishes = usual_;
    const auto found = find_release(*document, repository, wishes);
    if (!found) return found.error();
    const auto firmware = unpacked(*found, wishes, repository);
    if (!firmware) return firmware.error();
    return store_.stream(origin.digest, sink, from);
}

}  // namespace ajour::oci
