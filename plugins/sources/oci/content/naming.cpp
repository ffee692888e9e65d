// SPDX-License-Identifier: Apache-2.0
#include "content/naming.hpp"

#include "content/semver.hpp"
#include "content/semver_text.hpp"
#include "content/small_content.hpp"
#include "json/members.hpp"

#include <algorithm>
#include <utility>

namespace ajour::oci {

using sdk::Error;
using sdk::ErrorKind;
using sdk::Result;

namespace {

constexpr std::size_t ConfigBytes = 1U << 20;
constexpr std::size_t LabelBytes = 4096;
constexpr std::size_t OtherTagsAsked = 8;

bool is_image_config(const std::string& media_type) {
    return media_type == "application/vnd.oci.image.config.v1+json" ||
           media_type == "application/vnd.docker.container.image.v1+json";
}

Result<std::string> label_in(const std::string& config) {
    const auto root = parse_object(config);
    if (!root) return root.error();
    const auto* inner = root->member("config");
    const auto* labels = inner == nullptr ? nullptr : inner->member("Labels");
    if (labels == nullptr) return std::string();
    auto label = optional_text(*labels, "org.opencontainers.image.version", LabelBytes);
    if (!label || !label->empty()) return label;
    return optional_text(*labels, "org.label-schema.version", LabelBytes);
}

Result<std::string> find_label(const Descriptor& config, Repository& repository) {
    if (!is_image_config(config.media_type)) return std::string();
    if (config.size > ConfigBytes) {
        return Error{ErrorKind::Refused, "the image's config has " + std::to_string(config.size) +
                                             " bytes, at most " + std::to_string(ConfigBytes)};
    }
    const auto text = small_content(repository, config, ConfigBytes);
    if (!text) return text.error().in("reading the image's config");
    auto label = label_in(*text);
    return label ? std::move(label) : label.error().in("the image's config");
}

bool looks_like_version(const std::string& tag) {
    const auto number = tag.starts_with('v') ? 1U : 0U;
    return tag.size() > number && is_digit(tag[number]) && tag.find('.') != std::string::npos;
}

/// Those that may be asked about, whole versions first, the highest of them first.
std::vector<std::string> candidates_of(std::vector<std::string> tags, const Wishes& wishes) {
    std::vector<std::pair<std::optional<Version>, std::string>> known;
    for (auto& tag : tags) {
        if (!looks_like_version(tag) || is_moving(tag, wishes.moving_tags)) continue;
        known.emplace_back(parse_version(tag), std::move(tag));
    }
    std::sort(known.begin(), known.end(), [](const auto& a, const auto& b) {
        if (a.first && b.first && *a.first != *b.first) return *a.first > *b.first;
        if (a.first.has_value() != b.first.has_value()) return a.first.has_value();
        return a.second > b.second;
    });
    std::vector<std::string> candidates;
    for (std::size_t i = 0; i < std::min(known.size(), OtherTagsAsked); ++i) {
        candidates.push_back(std::move(known[i].second));
    }
    return candidates;
}

/// Whether an error says that there is nothing, rather than that it could not be said now: after
/// that one, the version would have another name at the next try.
bool says_nothing(const sdk::Error& error) {
    return error.kind == ErrorKind::NotFound || error.kind == ErrorKind::Refused;
}

Result<std::string> find_other_tag(const std::string& digest, Repository& repository,
                                   const Wishes& wishes) {
    auto tags = repository.tags();
    if (!tags && says_nothing(tags.error())) return std::string();
    if (!tags) return tags.error().in("looking for another tag");
    for (const auto& tag : candidates_of(std::move(*tags), wishes)) {
        const auto its = repository.digest_of(tag);
        if (!its && !says_nothing(its.error())) return its.error().in("looking at tag " + tag);
        if (its && *its == digest) return tag;
    }
    return std::string();
}

}  // namespace

Result<std::string> complete_name(FoundRelease& found, Repository& repository,
                                  const Wishes& wishes) {
    auto name = name_version(found.words, wishes.moving_tags);
    if (name && name->step > VersionStep::Label) {
        auto label = find_label(found.config, repository);
        if (!label) return label.error();
        found.words.label = std::move(*label);
        name = name_version(found.words, wishes.moving_tags);
    }
    if (name && name->step > VersionStep::OtherTag) {
        auto tag = find_other_tag(found.tagged(), repository, wishes);
        if (!tag) return tag.error();
        found.words.other_tag = std::move(*tag);
        name = name_version(found.words, wishes.moving_tags);
    }
    if (!name) return name.error();
    return std::move(name->text);
}

}  // namespace ajour::oci
