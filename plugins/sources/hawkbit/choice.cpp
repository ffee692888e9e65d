// SPDX-License-Identifier: Apache-2.0
#include "choice.hpp"

#include "json.hpp"

#include <vector>

namespace ajour::hawkbit {

using sdk::Error;
using sdk::ErrorKind;
using sdk::Result;

namespace {

constexpr std::uint64_t LargestImage = UINT32_MAX;
constexpr std::size_t LongestVersion = 255;
constexpr std::size_t NamesShown = 4;

struct Candidate {
    const Chunk* chunk;
    const Artifact* artifact;
};

Error no_match(std::string text) {
    return {ErrorKind::Mismatch, std::move(text)};
}

/// hawkBit's DDI has older names for two of its types; either is understood.
std::string_view usual_name(std::string_view part) {
    if (part == "bApp") return "application";
    if (part == "jvm") return "runtime";
    return part;
}

std::vector<Candidate> candidates(const Deployment& deployment, const Rule& rule) {
    std::vector<Candidate> found;
    for (const auto& chunk : deployment.chunks) {
        if (!rule.part.empty() && usual_name(chunk.part) != usual_name(rule.part)) continue;
        for (const auto& artifact : chunk.artifacts) {
            if (fits(artifact.filename, rule.artifact)) found.push_back({&chunk, &artifact});
        }
    }
    return found;
}

void list(std::string& text, std::size_t& listed, std::string_view part, std::string_view name) {
    if (listed++ < NamesShown) {
        text.append(listed == 1 ? "" : ", ")
            .append(printable(part, 32) + " " + printable(name, 48));
    }
}

std::string names_of(const Deployment& deployment) {
    std::string text;
    std::size_t listed = 0;
    for (const auto& chunk : deployment.chunks) {
        if (chunk.artifacts.empty()) list(text, listed, chunk.part, "(no artifact)");
        for (const auto& artifact : chunk.artifacts) {
            list(text, listed, chunk.part, artifact.filename);
        }
    }
    if (listed > NamesShown) text += " and " + std::to_string(listed - NamesShown) + " more";
    return text.empty() ? "no module" : text;
}

std::string shown(const Rule& rule) {
    const auto part = rule.part.empty() ? "any type" : "type " + printable(rule.part, 32);
    return "of " + part + " and named " + printable(rule.artifact, 48);
}

Result<std::string> version_of(const Chunk& chunk, const Rule& rule) {
    auto version = chunk.version;
    if (rule.version_from == VersionFrom::Metadata) {
        const auto found = chunk.metadata.find(rule.version_key);
        if (found == chunk.metadata.end()) {
            return no_match("module " + printable(chunk.name, 48) + " has no metadata \"" +
                            printable(rule.version_key, 48) + "\" that targets may see");
        }
        version = found->second;
    }
    if (!version.empty() && version.size() <= LongestVersion) return version;
    return no_match("a version of " + std::to_string(version.size()) + " bytes, expected 1 to " +
                    std::to_string(LongestVersion));
}

Result<void> check(const Artifact& artifact) {
    const auto name = "artifact " + printable(artifact.filename, 48);
    if (artifact.url.empty()) return no_match(name + " has no download link");
    if (artifact.hashes.none()) return no_match(name + " has no hash to verify it by");
    if (artifact.size && (*artifact.size == 0 || *artifact.size > LargestImage)) {
        return no_match(name + " has " + std::to_string(*artifact.size) +
                        " bytes, expected 1 to 4294967295");
    }
    return {};
}

}  // namespace

bool fits(std::string_view name, std::string_view pattern) noexcept {
    std::size_t at = 0, in = 0, star = std::string_view::npos, mark = 0;
    while (at < name.size()) {
        if (in < pattern.size() && pattern[in] == '*') {
            star = in++;
            mark = at;
        } else if (in < pattern.size() && (pattern[in] == '?' || pattern[in] == name[at])) {
            ++in;
            ++at;
        } else if (star != std::string_view::npos) {
            in = star + 1;
            at = ++mark;
        } else {
            return false;
        }
    }
    return pattern.find_first_not_of('*', in) == std::string_view::npos;
}

Result<Chosen> choose(const Deployment& deployment, const Rule& rule) {
    const auto found = candidates(deployment, rule);
    if (found.empty()) {
        return no_match("no artifact is " + shown(rule) + "; there is " + names_of(deployment));
    }
    if (rule.exactly_one && found.size() > 1) {
        return no_match(std::to_string(found.size()) + " artifacts are " + shown(rule) +
                        ", expected one; there is " + names_of(deployment));
    }
    const auto& [chunk, artifact] = found.front();
    auto version = version_of(*chunk, rule);
    if (!version) return version.error();
    if (auto checked = check(*artifact); !checked) return checked.error();
    return Chosen{std::move(*version), chunk->part,    artifact->filename,
                  artifact->url,       artifact->size, artifact->hashes};
}

}  // namespace ajour::hawkbit
