// SPDX-License-Identifier: Apache-2.0
// A topic with places for names, as `ajour/{application}/{device}/{channel}`. Pure.
#pragma once

#include <ajour/sdk/result.hpp>

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace ajour::mqtt {

/// Who a topic names. The views point into that topic.
struct TopicNames {
    std::string_view application;
    std::string_view device;
    std::string_view sender;  ///< who publishes; empty where the topic does not say
};

/// A topic whose levels are words or one of {application}, {device}, {sender} and {channel}; the
/// only channel that is served is `dfu`, so {channel} is that word.
class TopicTemplate {
public:
    enum class Part : std::uint8_t { Word, Application, Device, Sender };

    /// Refuses wildcards, unknown or broken places, a place twice, and topics of the broker's own.
    static sdk::Result<TopicTemplate> parse(std::string_view text);

    bool has(Part part) const noexcept;

    /// What to subscribe to: the template with `+` for each name.
    std::string filter() const;

    /// Whether the broker delivers that topic to a subscriber of `filter`.
    bool matches(std::string_view topic) const noexcept;

    /// Who a topic names; nothing when it does not match, or when a name is none.
    std::optional<TopicNames> read(std::string_view topic) const noexcept;

    /// The topic for these names, in place of what `topic` held.
    void write(const TopicNames& names, std::string& topic) const;

    /// Whether a topic lies below the one for these names, by at least one level that is not empty.
    bool is_above(std::string_view topic, const TopicNames& names) const noexcept;

    /// Whether some topic is of both templates.
    bool overlaps(const TopicTemplate& other) const noexcept;

private:
    struct Level {
        Part part = Part::Word;
        std::string word;
    };

    static sdk::Result<Level> parse_level(std::string_view text);
    static std::string_view text_of(const Level& level, const TopicNames& names) noexcept;

    std::vector<Level> levels_;
};

}  // namespace ajour::mqtt
