// SPDX-License-Identifier: Apache-2.0
// All topics of the transport: what it subscribes to, and where it may publish. Pure.
#pragma once

#include <ajour/sdk/result.hpp>

#include "topic_template.hpp"

#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace ajour::mqtt {

/// As an operator wrote them.
struct TopicSettings {
    std::string status;
    std::string command;
    bool gateways = true;  ///< whether the next two are in use
    std::string gateway_status;
    std::string gateway_command;
    std::string response;  ///< above it lie the response topics that a device may ask for
    std::string presence;  ///< where this server says whether it is there
    std::string group;     ///< of a shared subscription; empty: none
};

class Topics {
public:
    /// Who a status came from, and the template of its answer.
    struct Route {
        TopicNames names;
        const TopicTemplate* command;
    };

    /// An Error names the setting. Refuses templates by which answers would come back as statuses.
    static sdk::Result<Topics> from(const TopicSettings& settings);

    /// What to subscribe to.
    std::vector<std::string> filters() const;
    const std::string& presence() const noexcept { return presence_; }

    /// Nothing when the topic names no device. In a route, the sender is always named.
    std::optional<Route> read(std::string_view topic) const noexcept;

    /// Whether a device may have its answer there: below its own branch, and nowhere that we
    /// listen.
    bool may_answer(std::string_view topic, const TopicNames& names) const noexcept;

private:
    struct Pair {
        TopicTemplate status;
        TopicTemplate command;
    };

    static sdk::Result<Pair> parse_pair(const std::string& key, const std::string& status,
                                        const std::string& command);
    sdk::Result<void> check() const;
    bool listens_to(std::string_view topic) const noexcept;

    std::vector<Pair> pairs_;
    TopicTemplate response_;
    std::string presence_;
    std::string group_;
};

}  // namespace ajour::mqtt
