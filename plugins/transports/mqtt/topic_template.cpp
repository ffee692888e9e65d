// SPDX-License-Identifier: Apache-2.0
#include "topic_template.hpp"

#include "topic_name.hpp"

#include <algorithm>

namespace ajour::mqtt {
namespace {

using Part = TopicTemplate::Part;

constexpr std::string_view channel = "dfu";

struct Place {
    std::string_view text;
    Part part;
};
constexpr Place places[] = {{"{application}", Part::Application},
                            {"{device}", Part::Device},
                            {"{sender}", Part::Sender},
                            {"{channel}", Part::Word}};

sdk::Error wrong(std::string_view found, std::string_view expected) {
    return {sdk::ErrorKind::Malformed,
            "found '" + std::string(found) + "', expected " + std::string(expected)};
}

/// Takes a topic apart, level by level.
class Levels {
public:
    explicit Levels(std::string_view topic) noexcept : rest_(topic) {}

    bool at_end() const noexcept { return ended_; }
    std::string_view rest() const noexcept { return ended_ ? std::string_view{} : rest_; }

    std::string_view next() noexcept {
        const auto level = rest_.substr(0, rest_.find('/'));
        ended_ = level.size() == rest_.size();
        rest_.remove_prefix(std::min(rest_.size(), level.size() + 1));
        return level;
    }

private:
    std::string_view rest_;
    bool ended_ = false;
};

void note(TopicNames& names, Part part, std::string_view name) noexcept {
    if (part == Part::Application) names.application = name;
    if (part == Part::Device) names.device = name;
    if (part == Part::Sender) names.sender = name;
}

}  // namespace

sdk::Result<TopicTemplate> TopicTemplate::parse(std::string_view text) {
    if (!mqtt_client::is_topic(text)) {
        return wrong(text, "a topic of at most 1024 bytes without +, # and a $ at its begin");
    }
    TopicTemplate made;
    for (Levels levels(text); !levels.at_end();) {
        auto level = parse_level(levels.next());
        if (!level) return level.error();
        if (level->part != Part::Word && made.has(level->part)) {
            return wrong(text, "each of {application}, {device} and {sender} once at most");
        }
        made.levels_.push_back(std::move(*level));
    }
    return made;
}

sdk::Result<TopicTemplate::Level> TopicTemplate::parse_level(std::string_view text) {
    for (const auto& place : places) {
        if (text != place.text) continue;
        return Level{place.part, std::string(place.part == Part::Word ? channel : "")};
    }
    if (text.find_first_of("{}") != std::string_view::npos) {
        return wrong(text,
                     "a word, or {application}, {device}, {sender} or {channel} as a whole level");
    }
    return Level{Part::Word, std::string(text)};
}

bool TopicTemplate::has(Part part) const noexcept {
    return std::ranges::any_of(levels_, [part](const Level& level) { return level.part == part; });
}

std::string TopicTemplate::filter() const {
    std::string filter;
    write({"+", "+", "+"}, filter);
    return filter;
}

bool TopicTemplate::matches(std::string_view topic) const noexcept {
    Levels levels(topic);
    for (const auto& level : levels_) {
        if (levels.at_end()) return false;
        const auto found = levels.next();
        if (level.part == Part::Word && found != level.word) return false;
    }
    return levels.at_end();
}

std::optional<TopicNames> TopicTemplate::read(std::string_view topic) const noexcept {
    if (!matches(topic)) return std::nullopt;
    TopicNames names;
    Levels levels(topic);
    for (const auto& level : levels_) {
        const auto found = levels.next();
        if (level.part == Part::Word) continue;
        if (!mqtt_client::is_name(found)) return std::nullopt;
        note(names, level.part, found);
    }
    return names;
}

std::string_view TopicTemplate::text_of(const Level& level, const TopicNames& names) noexcept {
    switch (level.part) {
        case Part::Application:
            return names.application;
        case Part::Device:
            return names.device;
        case Part::Sender:
            return names.sender;
        case Part::Word:
            break;
    }
    return level.word;
}

void TopicTemplate::write(const TopicNames& names, std::string& topic) const {
    topic.clear();
    for (const auto& level : levels_) {
        if (&level != &levels_.front()) topic += '/';
        topic += text_of(level, names);
    }
}

bool TopicTemplate::is_above(std::string_view topic, const TopicNames& names) const noexcept {
    Levels levels(topic);
    for (const auto& level : levels_) {
        if (levels.at_end() || levels.next() != text_of(level, names)) return false;
    }
    return !levels.rest().empty();
}

bool TopicTemplate::overlaps(const TopicTemplate& other) const noexcept {
    return std::ranges::equal(levels_, other.levels_, [](const Level& left, const Level& right) {
        const bool both_words = left.part == Part::Word && right.part == Part::Word;
        return !both_words || left.word == right.word;
    });
}

}  // namespace ajour::mqtt
