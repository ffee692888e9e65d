// SPDX-License-Identifier: Apache-2.0
#include "tag_choices.hpp"

#include "json/value.hpp"

#include <algorithm>
#include <utility>

namespace ajour::oci {

using sdk::ErrorKind;
using sdk::Result;

namespace {

Result<std::string> choose(Repository& repository, const Range& range, const std::string& text) {
    const auto tags = repository.tags();
    if (!tags) return tags.error();
    auto tag = highest_tag(*tags, range);
    if (!tag) return tag.error().in("policy semver " + printable(text));
    return tag;
}

}  // namespace

Result<TagChoices::Chosen> TagChoices::current(const std::string& registry,
                                               const std::string& repository_name,
                                               const Range& range, const std::string& text,
                                               Repository& repository) {
    const auto name = registry + ' ' + repository_name + ' ' + text;
    const auto pushes = pushes_.of(repository_name);
    const auto known = memory_.find(name);
    const auto now = std::chrono::steady_clock::now();
    if (known && now < known->due) return Chosen{known->tag, {}};
    auto tag = choose(repository, range, text);
    if (!tag) {
        const auto kind = tag.error().kind;
        const bool silent = kind == ErrorKind::Unavailable || kind == ErrorKind::Timeout;
        if (!known || !silent) return tag.error();
        return Chosen{known->tag, tag.error().text};
    }
    remember(name, {repository_name, *tag, now, now + freshness_.poll}, pushes);
    return Chosen{std::move(*tag), {}};
}

void TagChoices::remember(const std::string& name, Choice choice, unsigned pushes) {
    const std::lock_guard lock(changing_);
    const bool pushed = pushes_.of(choice.repository) != pushes;
    if (pushed) choice.due = std::min(choice.due, choice.looked_at + freshness_.hook);
    memory_.put(name, std::move(choice));
}

void TagChoices::expire(const std::string& repository) {
    const std::lock_guard lock(changing_);
    memory_.each([&](Choice& choice) {
        if (choice.repository != repository) return;
        choice.due = std::min(choice.due, choice.looked_at + freshness_.hook);
    });
}

}  // namespace ajour::oci
