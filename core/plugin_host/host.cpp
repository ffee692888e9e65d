// SPDX-License-Identifier: Apache-2.0
#include "plugin_host/host.hpp"

#include "plugin_host/together.hpp"
#include "settings/host_rows.hpp"
#include "settings/nearest.hpp"
#include "settings/overrides.hpp"
#include "settings/value.hpp"

#include <algorithm>
#include <array>
#include <cstring>
#include <utility>

namespace ajour::plugin_host {

using sdk::Error;
using sdk::ErrorKind;
using sdk::Result;
using settings::Document;
using settings::Problems;
using settings::Section;

namespace {

constexpr std::string_view enabled_end = ".enabled";

std::string prefix_of(const PluginName& name) {
    return name.text() + ".";
}

/// The document's own word on a plugin, after its environment variable; null when it says nothing.
const settings::Entry* switch_of(Document& document, const PluginName& name) {
    apply_environment(document, settings::plugin_table(name.kind, name.name, {}, {}));
    return document.find(prefix_of(name) + "enabled");
}

/// "source.oci" for "source.oci.enabled"; empty for other keys.
std::string_view plugin_of_switch(std::string_view key) noexcept {
    if (!key.ends_with(enabled_end)) return {};
    const auto plugin = key.substr(0, key.size() - enabled_end.size());
    const auto dot = plugin.find('.');
    const bool is_plugin = dot != std::string_view::npos && is_kind(plugin.substr(0, dot)) &&
                           plugin.find('.', dot + 1) == std::string_view::npos;
    return is_plugin ? plugin : std::string_view();
}

const Candidate* find_candidate(std::span<const Candidate> candidates, std::string_view plugin) {
    const auto found = std::find_if(candidates.begin(), candidates.end(), [&](const auto& one) {
        return one.name && one.name->text() == plugin;
    });
    return found == candidates.end() ? nullptr : &*found;
}

std::vector<std::string> names_of(std::span<const Candidate> candidates) {
    std::vector<std::string> names;
    for (const auto& candidate : candidates) {
        if (candidate.name) names.push_back(candidate.name->text());
    }
    return names;
}

/// The plugin's setting that a refusal is best shown at: the first that it names, else the switch,
/// else the first of them; null when the document has none.
const Document::Entries::value_type* setting_to_blame(const Document& document,
                                                      const Candidate& candidate) {
    const auto prefix = prefix_of(*candidate.name);
    const Document::Entries::value_type* found = nullptr;
    const auto& entries = document.entries();
    for (auto each = entries.lower_bound(prefix); each != entries.end(); ++each) {
        if (!each->first.starts_with(prefix)) break;
        const auto key = each->first.substr(prefix.size());
        if (candidate.refusal.find(key + ":") != std::string::npos ||
            candidate.refusal.find(key + " ") != std::string::npos) {
            return &*each;
        }
        if (found == nullptr || key == "enabled") found = &*each;
    }
    return found;
}

/// A plugin that the document has settings of has to run.
Problems refused_though_wanted(const Document& document, std::span<const Candidate> candidates) {
    Problems problems;
    for (const auto& candidate : candidates) {
        if (candidate.refusal.empty() || !candidate.name) continue;
        const auto* blamed = setting_to_blame(document, candidate);
        if (blamed == nullptr) continue;
        add(problems, {blamed->second.origin.text(), blamed->first, candidate.refusal});
    }
    return problems;
}

std::string readable(std::string_view sentence) {
    std::string text(sentence);
    for (auto& byte : text) {
        if (static_cast<unsigned char>(byte) < 0x20) byte = ' ';
    }
    return text.empty() ? "create gave no object and no reason" : text;
}

}  // namespace

PluginHost::PluginHost(Options options, metrics::Metrics& metrics)
    : options_(std::move(options)), metrics_(metrics) {}

PluginHost::~PluginHost() {
    for (const auto& transport : transports_) transport.port->try_stop();
    for (const auto& builder : builders_) builder.port->try_stop();
    for (const auto& source : sources_) source.port->try_stop();
    for (const auto& registry : registries_) registry.port->try_stop();
    objects_.clear();
}

Problems PluginHost::check(Document& document) {
    auto problems = look(document);
    add_all(problems, refused_though_wanted(document, candidates_));
    return problems;
}

Problems PluginHost::look(Document& document) {
    Problems problems;
    tables_ = {settings::host_table()};
    unchecked_.clear();
    find_candidates(document, problems);
    check_switches(document, problems);
    sections_.assign(candidates_.size(), std::nullopt);
    contexts_.clear();
    contexts_.resize(candidates_.size());
    for (std::size_t i = 0; i < candidates_.size(); ++i) {
        sections_[i] = check_section(candidates_[i], document, problems);
    }
    add_all(problems, unknown_keys(document, tables_, unchecked_));
    return problems;
}

void PluginHost::find_candidates(Document& document, Problems& problems) {
    const auto is_wanted = [&](const PluginName& name) {
        const auto* word = switch_of(document, name);
        return word == nullptr || word->value != "false";
    };
    auto scanned = scan(options_.directory, is_wanted);
    candidates_.clear();
    if (scanned) {
        candidates_ = std::move(*scanned);
    } else {
        add(problems, {"", "ajour.plugins", scanned.error().text});
    }
}

/// A switch of a plugin that is not there is a slip of the pen, or a plugin that got lost.
void PluginHost::check_switches(const Document& document, Problems& problems) {
    const auto names = names_of(candidates_);
    for (const auto& [key, entry] : document.entries()) {
        const auto plugin = plugin_of_switch(key);
        if (plugin.empty() || find_candidate(candidates_, plugin) != nullptr) continue;
        unchecked_.push_back(std::string(plugin) + ".");
        add(problems, {entry.origin.text(), key,
                       "no such plugin in " + options_.directory.string() +
                           settings::suggestion(plugin, names)});
    }
}

std::optional<Section> PluginHost::check_section(const Candidate& candidate, Document& document,
                                                 Problems& problems) {
    if (candidate.descriptor == nullptr) {
        if (candidate.name) unchecked_.push_back(prefix_of(*candidate.name));
        return std::nullopt;
    }
    const auto& name = *candidate.name;
    auto table =
        settings::plugin_table(name.kind, name.name, candidate.descriptor->summary, candidate.rows);
    apply_environment(document, table);
    auto checked = settings::check(document, table, options_.base);
    add_all(problems, checked.problems);
    tables_.push_back(std::move(table));
    if (!checked.problems.empty()) return std::nullopt;
    return std::move(checked.section);
}

Problems PluginHost::load(Document& document) {
    auto problems = check(document);
    if (!problems.empty()) return problems;
    create_all(options_.state);
    for (const auto& candidate : candidates_) {
        if (candidate.refusal.empty()) continue;
        options_.log(sdk::LogLevel::Error, "host", candidate.refusal);
    }
    problems = refused_though_wanted(document, candidates_);
    add_all(problems, problems_together(document, registries_, sources_));
    return problems;
}

Problems PluginHost::rehearse(Document& document) {
    auto problems = look(document);
    auto scratch = ScratchDirectory::make();
    if (!scratch) {
        add(problems, {"", "", scratch.error().text});
        return problems;
    }
    scratch_ = std::move(*scratch);
    create_all(scratch_->path());
    add_all(problems, refused_though_wanted(document, candidates_));
    add_all(problems, problems_together(document, registries_, sources_));
    return problems;
}

void PluginHost::create_all(const std::filesystem::path& state) {
    for (std::size_t i = 0; i < candidates_.size(); ++i) {
        if (sections_[i]) create(i, state);
    }
}

void PluginHost::create(std::size_t index, const std::filesystem::path& state) {
    auto& candidate = candidates_[index];
    const auto port = call_create(index, state);
    if (port) {
        keep(candidate, *port);
    } else {
        candidate.refusal = refusal_of(candidate.file, port.error().text);
        candidate.descriptor = nullptr;
    }
}

Result<void*> PluginHost::call_create(std::size_t index, const std::filesystem::path& place) {
    const auto& candidate = candidates_[index];
    auto state = state_directory_of(*candidate.name, place);
    if (!state) return state.error();
    contexts_[index] = std::make_unique<PluginContext>(
        *candidate.name, *sections_[index], std::move(*state),
        PluginContext::Hands{options_.log, options_.resolve_again, metrics_});
    std::array<char, 512> sentence{};
    sdk::Host* host = contexts_[index].get();
    try {
        void* port = candidate.descriptor->create(host, sentence.data(), sentence.size());
        if (port != nullptr) return port;
    } catch (const std::exception& thrown) {
        return Error{ErrorKind::Internal, std::string("create threw ") + thrown.what()};
    } catch (...) {
        return Error{ErrorKind::Internal, "create threw something that is no std::exception"};
    }
    return Error{ErrorKind::Refused,
                 readable({sentence.data(), strnlen(sentence.data(), sentence.size())})};
}

std::vector<PluginHealth> PluginHost::health() const {
    std::vector<PluginHealth> all;
    for (std::size_t i = 0; i < candidates_.size(); ++i) {
        const auto& candidate = candidates_[i];
        const auto name =
            candidate.name ? candidate.name->text() : candidate.file.filename().string();
        if (!candidate.refusal.empty()) {
            all.push_back({name, candidate.refusal});
        } else if (contexts_[i]) {
            all.push_back({name, contexts_[i]->trouble()});
        }
    }
    return all;
}

void PluginHost::keep(const Candidate& candidate, void* port) {
    const auto add_to = [&]<typename Port>(std::vector<LoadedPlugin<Port>>& plugins) {
        auto* typed = static_cast<Port*>(port);
        objects_.emplace_back(std::unique_ptr<Port>(typed));
        plugins.push_back({candidate.name->name, candidate.descriptor, typed});
    };
    const auto& kind = candidate.name->kind;
    if (kind == "transport") {
        add_to(transports_);
    } else if (kind == "registry") {
        add_to(registries_);
    } else if (kind == "source") {
        add_to(sources_);
    } else {
        add_to(builders_);
    }
}

}  // namespace ajour::plugin_host
