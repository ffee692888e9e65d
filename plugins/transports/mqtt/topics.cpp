// SPDX-License-Identifier: Apache-2.0
#include "topics.hpp"

#include "topic_name.hpp"

#include <algorithm>

namespace ajour::mqtt {
namespace {

using Part = TopicTemplate::Part;

sdk::Error problem(std::string_view key, std::string_view what) {
    return {sdk::ErrorKind::Malformed, std::string(key).append(": ").append(what)};
}

sdk::Result<TopicTemplate> parse(const std::string& key, const std::string& text) {
    auto parsed = TopicTemplate::parse(text);
    if (!parsed) return parsed.error().in(key);
    return parsed;
}

bool names_a_device(const TopicTemplate& topic) noexcept {
    return topic.has(Part::Application) && topic.has(Part::Device);
}

}  // namespace

sdk::Result<Topics> Topics::from(const TopicSettings& settings) {
    Topics topics;
    auto own = parse_pair("topic.", settings.status, settings.command);
    if (!own) return own.error();
    topics.pairs_.push_back(std::move(*own));
    if (settings.gateways) {
        auto other =
            parse_pair("topic.gateway.", settings.gateway_status, settings.gateway_command);
        if (!other) return other.error();
        topics.pairs_.push_back(std::move(*other));
    }
    auto response = parse("topic.response", settings.response);
    if (!response) return response.error();
    topics.response_ = std::move(*response);
    topics.presence_ = settings.presence;
    topics.group_ = settings.group;
    if (auto checked = topics.check(); !checked) return checked.error();
    return topics;
}

sdk::Result<Topics::Pair> Topics::parse_pair(const std::string& key, const std::string& status,
                                             const std::string& command) {
    auto in = parse(key + "status", status);
    if (!in) return in.error();
    auto out = parse(key + "command", command);
    if (!out) return out.error();
    for (const auto* each : {&*in, &*out}) {
        if (names_a_device(*each)) continue;
        return problem(key + (each == &*in ? "status" : "command"),
                       "expected {application} and {device} in it");
    }
    if (out->has(Part::Sender) && !in->has(Part::Sender)) {
        return problem(key + "command", "found {sender}, which " + key + "status does not name");
    }
    return Pair{std::move(*in), std::move(*out)};
}

sdk::Result<void> Topics::check() const {
    for (const auto& in : pairs_) {
        for (const auto& out : pairs_) {
            if (in.status.overlaps(out.command)) {
                return problem(
                    out.command.filter(),
                    "commands on it would come back as statuses of " + in.status.filter());
            }
            if (&in != &out && in.status.overlaps(out.status)) {
                return problem(in.status.filter(),
                               "statuses on it would come twice, also as " + out.status.filter());
            }
        }
    }
    if (!mqtt_client::is_topic(presence_))
        return problem("topic.presence", "expected a topic without + and #");
    if (listens_to(presence_)) return problem("topic.presence", "it would come back as a status");
    if (!group_.empty() && !mqtt_client::is_name(group_)) {
        return problem("group", "expected a word of at most 255 bytes without /, + and #");
    }
    return {};
}

std::vector<std::string> Topics::filters() const {
    std::vector<std::string> filters;
    for (const auto& pair : pairs_) {
        const auto filter = pair.status.filter();
        filters.push_back(group_.empty() ? filter : "$share/" + group_ + "/" + filter);
    }
    return filters;
}

std::optional<Topics::Route> Topics::read(std::string_view topic) const noexcept {
    for (const auto& pair : pairs_) {
        auto names = pair.status.read(topic);
        if (!names) continue;
        if (names->sender.empty()) names->sender = names->device;
        return Route{*names, &pair.command};
    }
    return std::nullopt;
}

bool Topics::may_answer(std::string_view topic, const TopicNames& names) const noexcept {
    return mqtt_client::is_topic(topic) && !listens_to(topic) && response_.is_above(topic, names);
}

bool Topics::listens_to(std::string_view topic) const noexcept {
    return std::ranges::any_of(pairs_,
                               [topic](const Pair& pair) { return pair.status.matches(topic); });
}

}  // namespace ajour::mqtt
