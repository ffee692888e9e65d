// SPDX-License-Identifier: Apache-2.0
#include "hook/events.hpp"

#include "json/members.hpp"
#include "reference.hpp"

#include <initializer_list>

namespace ajour::oci {

using sdk::Error;
using sdk::ErrorKind;
using sdk::Result;

namespace {

constexpr std::size_t LargestBody = 1U << 20;
constexpr std::size_t MostEvents = 256;

/// The text at the end of a path of members, or "".
std::string text_at(const Value& value, std::initializer_list<std::string_view> path) {
    const auto* place = &value;
    for (const auto name : path) {
        place = place->member(name);
        if (place == nullptr) return {};
    }
    const auto* text = place->text();
    return text == nullptr ? std::string() : *text;
}

std::string lower(std::string text) {
    for (auto& c : text) {
        if (c >= 'A' && c <= 'Z') c = static_cast<char>(c - 'A' + 'a');
    }
    return text;
}

/// Adds a change that can be one; what cannot be a tag, a digest for instance, stands for any.
void add(std::vector<Pushed>& pushed, std::string repository, std::string tag) {
    if (pushed.size() >= MostEvents || !is_repository(repository)) return;
    pushed.push_back({std::move(repository), is_tag(tag) ? std::move(tag) : std::string()});
}

/// {"events": [{"action": "push", "target": {"repository", "tag"}}]}
void read_distribution(const Value::List& events, std::vector<Pushed>& pushed) {
    for (const auto& event : events) {
        const auto action = text_at(event, {"action"});
        if (action != "push" && action != "delete") continue;
        add(pushed, text_at(event, {"target", "repository"}), text_at(event, {"target", "tag"}));
    }
}

/// {"type": "PUSH_ARTIFACT", "event_data": {"repository": {"repo_full_name"}, "resources":
/// [{"tag"}]}}
void read_harbor(const Value& object, const Value& data, std::vector<Pushed>& pushed) {
    const auto type = lower(text_at(object, {"type"}));
    if (type.starts_with("pull")) return;
    const auto repository = text_at(data, {"repository", "repo_full_name"});
    const auto* resources = data.member("resources");
    const auto* list = resources == nullptr ? nullptr : resources->list();
    if (list == nullptr || list->empty()) return add(pushed, repository, {});
    for (const auto& resource : *list) add(pushed, repository, text_at(resource, {"tag"}));
}

/// {"action": "published", "package": {"namespace", "name", "package_version":
/// {"container_metadata": {"tag": {"name"}}}}}
void read_github(const Value& package, std::vector<Pushed>& pushed) {
    auto owner = text_at(package, {"namespace"});
    if (owner.empty()) owner = text_at(package, {"owner", "login"});
    add(pushed, lower(owner + '/' + text_at(package, {"name"})),
        text_at(package, {"package_version", "container_metadata", "tag", "name"}));
}

}  // namespace

Result<std::vector<Pushed>> parse_events(std::string_view body) {
    const auto object = parse_object(body, {LargestBody, 1U << 16, 32});
    if (!object) return object.error();
    std::vector<Pushed> pushed;
    const auto* events = object->member("events");
    const auto* data = object->member("event_data");
    const auto* package = object->member("package");
    if (package == nullptr) package = object->member("registry_package");
    if (events != nullptr && events->list() != nullptr) {
        read_distribution(*events->list(), pushed);
    } else if (data != nullptr) {
        read_harbor(*object, *data, pushed);
    } else if (package != nullptr) {
        read_github(*package, pushed);
    } else if (object->member("zen") == nullptr) {  // GitHub's ping, to see whether we are here
        return Error{ErrorKind::Malformed,
                     "the event has no events, event_data, package or registry_package, as those "
                     "of distribution, Harbor and GitHub have"};
    }
    return pushed;
}

}  // namespace ajour::oci
