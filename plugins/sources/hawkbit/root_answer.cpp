// SPDX-License-Identifier: Apache-2.0
#include "root_answer.hpp"

#include "interval.hpp"
#include "json.hpp"

#include <algorithm>

namespace ajour::hawkbit {

using sdk::Result;

namespace {

constexpr std::size_t LongestLink = 2048;
constexpr std::size_t LongestState = 64;
constexpr std::size_t LinksMax = 100;

std::string_view query_value(std::string_view query, std::string_view name) {
    while (!query.empty()) {
        const auto part = query.substr(0, query.find('&'));
        query.remove_prefix(std::min(query.size(), part.size() + 1));
        if (part.starts_with(name) && part.substr(name.size()).starts_with('=')) {
            return part.substr(name.size() + 1);
        }
    }
    return {};
}

bool is_state(std::string_view text) {
    return text.size() <= LongestState && std::all_of(text.begin(), text.end(), [](char c) {
               return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') ||
                      c == '-';
           });
}

Result<std::optional<std::string>> href_of(const Json& links, const char* name) {
    const auto link = object_member(links, name, LinksMax);
    if (!link) return link.error();
    if (*link == nullptr) return std::optional<std::string>();
    auto href = text_member(**link, "href", LongestLink);
    if (!href) return href.error().in(name);
    if (!*href) return malformed("href is missing").in(name);
    return href;
}

Result<void> read_link(const Json& links, const char* name, std::optional<ActionLink>& link) {
    const auto href = href_of(links, name);
    if (!href) return href.error();
    if (!*href) return {};
    auto parsed = parse_action_link(**href, name);
    if (!parsed) return parsed.error();
    link = std::move(*parsed);
    return {};
}

Result<void> read_sleep(const Json& answer, RootAnswer& root) {
    const auto config = object_member(answer, "config", LinksMax);
    if (!config) return config.error();
    if (*config == nullptr) return {};
    const auto polling = object_member(**config, "polling", LinksMax);
    if (!polling) return polling.error().in("config");
    if (*polling == nullptr) return {};
    const auto sleep = text_member(**polling, "sleep", LongestState);
    if (!sleep) return sleep.error().in("config.polling");
    if (!*sleep) return {};
    const auto interval = parse_interval(**sleep);
    if (interval)
        root.sleep = *interval;
    else
        root.remark = interval.error().text;
    return {};
}

Result<void> read_links(const Json& links, RootAnswer& root) {
    for (auto [name, link] :
         {std::pair("deploymentBase", &root.deployment), std::pair("cancelAction", &root.cancel),
          std::pair("confirmationBase", &root.confirmation),
          std::pair("installedBase", &root.installed)}) {
        if (auto done = read_link(links, name, *link); !done) return done;
    }
    root.wants_attributes = member(links, "configData") != nullptr;
    return {};
}

}  // namespace

bool is_action_id(std::string_view text) noexcept {
    return !text.empty() && text.size() <= 20 &&
           std::all_of(text.begin(), text.end(), [](char c) { return c >= '0' && c <= '9'; });
}

Result<ActionLink> parse_action_link(std::string_view href, std::string_view what) {
    const auto path = href.substr(0, href.find_first_of("?#"));
    auto query = href.substr(path.size());
    query = query.substr(0, query.find('#'));
    if (!query.empty()) query.remove_prefix(1);
    const auto state = query_value(query, "c");
    const auto slash = path.rfind('/');
    const auto last = slash == std::string_view::npos ? path : path.substr(slash + 1);
    const auto before = path.substr(0, path.size() - std::min(path.size(), last.size() + 1));
    if (!is_state(state)) return malformed(std::string(what) + ": c= is no word");
    if (last == what) return ActionLink{{}, std::string(state)};
    if (!is_action_id(last) || !before.ends_with(what)) {
        return malformed("the link \"" + printable(path) + "\", expected one to " +
                         std::string(what) + " and an action's id");
    }
    return ActionLink{std::string(last), std::string(state)};
}

Result<RootAnswer> parse_root(std::string_view text) {
    const auto answer = parse_object(text);
    if (!answer) return answer.error();
    RootAnswer root;
    if (auto done = read_sleep(*answer, root); !done) return done.error();
    const auto links = object_member(*answer, "_links", LinksMax);
    if (!links) return links.error();
    if (*links == nullptr) return root;
    if (auto done = read_links(**links, root); !done) return done.error().in("_links");
    return root;
}

Result<std::optional<ActionLink>> parse_confirmation_base(std::string_view text) {
    const auto answer = parse_object(text);
    if (!answer) return answer.error();
    std::optional<ActionLink> link;
    const auto links = object_member(*answer, "_links", LinksMax);
    if (!links) return links.error();
    if (*links == nullptr) return link;
    if (auto done = read_link(**links, "confirmationBase", link); !done) return done.error();
    return link;
}

}  // namespace ajour::hawkbit
