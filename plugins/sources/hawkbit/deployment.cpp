// SPDX-License-Identifier: Apache-2.0
#include "deployment.hpp"

#include "json.hpp"

#include <algorithm>

namespace ajour::hawkbit {

using sdk::Result;

namespace {

constexpr std::size_t ChunksMax = 100;
constexpr std::size_t ArtifactsMax = 50;
constexpr std::size_t MetadataMax = 100;
constexpr std::size_t MembersMax = 100;
constexpr std::size_t LongestName = 512;
constexpr std::size_t LongestValue = 4000;
constexpr std::size_t LongestLink = 2048;

/// Gives the text, or an empty one when the member is absent.
Result<void> read(const Json& object, const char* name, std::size_t max, std::string& text) {
    auto found = text_member(object, name, max);
    if (!found) return found.error();
    text = std::move(*found).value_or("");
    return {};
}

template <typename Word>
Result<void> read_word(const Json& object, const char* name,
                       std::initializer_list<std::pair<const char*, Word>> words, Word& word) {
    std::string text, expected;
    if (auto done = read(object, name, LongestName, text); !done) return done;
    if (text.empty()) return {};
    for (const auto& [known, meaning] : words) {
        if (text == known) return word = meaning, Result<void>();
        expected.append(expected.empty() ? "" : ", ").append(known);
    }
    return malformed(std::string(name) + " is \"" + printable(text, 40) + "\", expected one of " +
                     expected);
}

Result<void> read_hash(const Json& hashes, const char* name, std::size_t digits,
                       std::string& hash) {
    if (auto done = read(hashes, name, LongestName, hash); !done) return done;
    std::transform(hash.begin(), hash.end(), hash.begin(),
                   [](char c) { return c >= 'A' && c <= 'F' ? static_cast<char>(c + 32) : c; });
    const bool all_hex = std::all_of(hash.begin(), hash.end(), [](char c) {
        return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'f');
    });
    if (hash.empty() || (hash.size() == digits && all_hex)) return {};
    return malformed(std::string(name) + " is no " + std::to_string(digits) +
                     " hexadecimal digits");
}

Result<void> read_hashes(const Json& artifact, Hashes& hashes) {
    const auto found = object_member(artifact, "hashes", MembersMax);
    if (!found) return found.error();
    if (*found == nullptr) return {};
    for (auto [name, digits, hash] : {std::tuple("sha256", std::size_t{64}, &hashes.sha256),
                                      std::tuple("sha1", std::size_t{40}, &hashes.sha1),
                                      std::tuple("md5", std::size_t{32}, &hashes.md5)}) {
        if (auto done = read_hash(**found, name, digits, *hash); !done) return done;
    }
    return {};
}

Result<void> read_link(const Json& artifact, std::string& url) {
    const auto links = object_member(artifact, "_links", MembersMax);
    if (!links) return links.error();
    if (*links == nullptr) return {};
    for (const auto* name : {"download", "download-http"}) {
        const auto link = object_member(**links, name, MembersMax);
        if (!link) return link.error();
        if (*link == nullptr) continue;
        if (auto done = read(**link, "href", LongestLink, url); !done) return done;
        if (!url.empty()) return {};
    }
    return {};
}

Result<Artifact> read_artifact(const Json& value) {
    if (!value.is_object()) return malformed("is no object");
    Artifact artifact;
    if (auto done = read(value, "filename", LongestName, artifact.filename); !done)
        return done.error();
    const auto size = count_member(value, "size");
    if (!size) return size.error();
    artifact.size = *size;
    if (auto done = read_hashes(value, artifact.hashes); !done) return done.error();
    if (auto done = read_link(value, artifact.url); !done) return done.error();
    return artifact;
}

Result<void> read_metadata(const Json& chunk, std::map<std::string, std::string>& metadata) {
    const auto entries = array_member(chunk, "metadata", MetadataMax);
    if (!entries) return entries.error();
    if (*entries == nullptr) return {};
    for (const auto& entry : **entries) {
        std::string key, value;
        if (!entry.is_object()) return malformed("metadata has a member that is no object");
        if (auto done = read(entry, "key", LongestName, key); !done) return done;
        if (auto done = read(entry, "value", LongestValue, value); !done) return done;
        metadata.emplace(std::move(key), std::move(value));
    }
    return {};
}

Result<void> read_artifacts(const Json& value, Chunk& chunk) {
    const auto artifacts = array_member(value, "artifacts", ArtifactsMax);
    if (!artifacts) return artifacts.error();
    if (*artifacts == nullptr) return {};
    for (const auto& entry : **artifacts) {
        auto artifact = read_artifact(entry);
        if (!artifact) {
            return artifact.error().in("artifact " + std::to_string(chunk.artifacts.size()));
        }
        chunk.artifacts.push_back(std::move(*artifact));
    }
    return {};
}

Result<Chunk> read_chunk(const Json& value) {
    if (!value.is_object()) return malformed("is no object");
    Chunk chunk;
    for (auto [name, text] : {std::pair("part", &chunk.part), std::pair("version", &chunk.version),
                              std::pair("name", &chunk.name)}) {
        if (auto done = read(value, name, LongestName, *text); !done) return done.error();
    }
    if (auto done = read_metadata(value, chunk.metadata); !done) return done.error();
    if (auto done = read_artifacts(value, chunk); !done) return done.error();
    return chunk;
}

Result<void> read_chunks(const Json& body, Deployment& deployment) {
    const auto chunks = array_member(body, "chunks", ChunksMax);
    if (!chunks) return chunks.error();
    if (*chunks == nullptr) return {};
    for (const auto& entry : **chunks) {
        auto chunk = read_chunk(entry);
        if (!chunk) {
            return chunk.error().in("chunk " + std::to_string(deployment.chunks.size()));
        }
        deployment.chunks.push_back(std::move(*chunk));
    }
    return {};
}

Result<void> read_handling(const Json& body, Deployment& deployment) {
    const auto words = {std::pair("forced", Handling::Forced),
                        std::pair("attempt", Handling::Attempt), std::pair("skip", Handling::Skip)};
    if (auto done = read_word(body, "download", words, deployment.download); !done) return done;
    if (auto done = read_word(body, "update", words, deployment.update); !done) return done;
    return read_word(
        body, "maintenanceWindow",
        {std::pair("available", Window::Open), std::pair("unavailable", Window::Closed)},
        deployment.window);
}

}  // namespace

Result<Deployment> parse_deployment(std::string_view text, const char* what) {
    const auto answer = parse_object(text);
    if (!answer) return answer.error();
    Deployment deployment;
    if (auto done = read(*answer, "id", LongestName, deployment.id); !done) return done.error();
    const auto body = object_member(*answer, what, MembersMax);
    if (!body) return body.error();
    if (*body == nullptr) return malformed(std::string(what) + " is missing");
    if (auto done = read_handling(**body, deployment); !done) return done.error().in(what);
    if (auto done = read_chunks(**body, deployment); !done) return done.error().in(what);
    return deployment;
}

}  // namespace ajour::hawkbit
