// SPDX-License-Identifier: Apache-2.0
// A repository whose documents and blobs are in memory: those that were recorded from a real OCI
// registry (recorded/), and those that a test makes. Counts what it is asked for.
#pragma once

#include "content/digest.hpp"
#include "content/manifest.hpp"
#include "content/repository.hpp"
#include "crypto/hash.hpp"
#include "support/places.hpp"
#include "support/temp_directory.hpp"

#include <algorithm>
#include <filesystem>
#include <fstream>
#include <map>
#include <string>
#include <vector>

namespace ajour::oci {

class LayoutRepository : public Repository {
public:
    using Error = sdk::Error;
    template <typename T>
    using Result = sdk::Result<T>;

    static std::filesystem::path recorded() {
        return std::filesystem::path(AJOUR_SOURCE_DIR) / "tests/unit/sources/oci/recorded";
    }

    /// What skopeo, buildah, umoci, podman and cosign made, as docker-registry gave it back.
    void load_recorded() {
        for (const auto& file : std::filesystem::directory_iterator(recorded() / "blobs")) {
            blobs["sha256:" + file.path().filename().string()] = support::content_of(file.path());
        }
        std::ifstream list(recorded() / "documents.txt");
        std::string tag, hex, media_type;
        while (list >> tag >> hex >> media_type) {
            const auto digest = "sha256:" + hex;
            documents[digest] = {media_type, digest, blobs[digest]};
            if (tag != "-") tagged[tag] = digest;
        }
    }

    Descriptor add_blob(const std::string& bytes,
                        const std::string& media_type = "application/octet-stream") {
        Descriptor descriptor;
        descriptor.media_type = media_type;
        descriptor.digest = digest_text(hash_of(bytes));
        descriptor.size = bytes.size();
        blobs[descriptor.digest] = bytes;
        return descriptor;
    }
    Document add_document(
        const std::string& body, const std::string& tag = {},
        const std::string& media_type = "application/vnd.oci.image.manifest.v1+json") {
        const auto digest = digest_text(hash_of(body));
        documents[digest] = {media_type, digest, body};
        if (!tag.empty()) tagged[tag] = digest;
        return documents[digest];
    }
    Document at(const std::string& tag) const { return documents.at(tagged.at(tag)); }

    Result<Document> manifest(std::string_view wanted) override {
        ++asked["manifest"];
        const std::string name(wanted);
        const auto digest = tagged.count(name) != 0 ? tagged[name] : name;
        if (failing.count(name) != 0) return failing[name];
        if (documents.count(digest) != 0) return documents[digest];
        return Error{sdk::ErrorKind::NotFound, "no manifest " + name};
    }
    Result<std::string> digest_of(std::string_view tag) override {
        ++asked["digest_of"];
        const std::string name(tag);
        if (failing.count(name) != 0) return failing[name];
        if (tagged.count(name) != 0) return tagged[name];
        return Error{sdk::ErrorKind::NotFound, "no tag " + name};
    }
    Result<std::string> small_blob(const Descriptor& blob, std::size_t max) override {
        ++asked["small_blob"];
        const auto found = bytes_of(blob);
        if (!found) return found;
        if (found->size() > max) return Error{sdk::ErrorKind::Full, "too large"};
        if (digest_text(hash_of(*found)) == blob.digest) return found;
        return Error{sdk::ErrorKind::Mismatch, "the blob has another digest"};
    }
    Result<void> blob(const Descriptor& blob, sdk::ByteSink& sink, std::uint64_t from) override {
        ++asked["blob"];
        const auto found = bytes_of(blob);
        if (!found) return found.error();
        constexpr std::size_t piece = 4096;
        for (auto at = static_cast<std::size_t>(from); at < found->size(); at += piece) {
            const auto part = std::string_view(*found).substr(at, piece);
            if (auto wrote = sink.write(sdk::bytes_of(part)); !wrote) return wrote;
        }
        return {};
    }
    Result<std::vector<std::string>> tags() override {
        ++asked["tags"];
        if (failing.count("tags") != 0) return failing["tags"];
        std::vector<std::string> names;
        for (const auto& [tag, unused] : tagged) names.push_back(tag);
        return names;
    }
    Result<std::vector<Descriptor>> referrers(std::string_view digest) override {
        ++asked["referrers"];
        if (failing.count("referrers") != 0) return failing["referrers"];
        const auto tag = "sha256-" + std::string(hex_of(digest));
        if (tagged.count(tag) == 0) return std::vector<Descriptor>();
        auto index = parse_index(at(tag));
        if (!index) return index.error();
        return std::move(index->manifests);
    }

    std::map<std::string, Document> documents;  // by digest
    std::map<std::string, std::string> tagged;  // digest by tag
    std::map<std::string, std::string> blobs;   // by digest
    std::map<std::string, Error> failing;       // by what was asked for
    std::map<std::string, int> asked;

private:
    Result<std::string> bytes_of(const Descriptor& blob) {
        if (failing.count(blob.digest) != 0) return failing[blob.digest];
        if (blobs.count(blob.digest) != 0) return blobs[blob.digest];
        return Error{sdk::ErrorKind::NotFound, "no blob " + blob.digest};
    }
};

}  // namespace ajour::oci
