// SPDX-License-Identifier: Apache-2.0
#include "plugin_host/admission.hpp"

#include "plugin_host/library.hpp"
#include "settings/problem.hpp"
#include "settings/table.hpp"

#include <algorithm>
#include <array>
#include <cstring>
#include <utility>

namespace ajour::plugin_host {

using sdk::Error;
using sdk::ErrorKind;
using sdk::Result;
using settings::in_quotes;

namespace fs = std::filesystem;

namespace {

constexpr std::array<std::string_view, 4> kinds{"transport", "registry", "source", "builder"};
constexpr std::string_view kinds_text = "transport, registry, source or builder";
constexpr std::size_t name_max = 32, text_max = 1024;

Error mismatch(std::string text) {
    return {ErrorKind::Mismatch, std::move(text)};
}

bool is_plugin_name(std::string_view name) {
    return !name.empty() && name.size() <= name_max && name.front() >= 'a' && name.front() <= 'z' &&
           name.find_first_not_of("abcdefghijklmnopqrstuvwxyz0123456789_") ==
               std::string_view::npos;
}

std::optional<PluginName> name_of(const std::string& file_name) {
    std::string_view rest = file_name;
    if (!rest.starts_with("ajour-") || !rest.ends_with(".so")) return std::nullopt;
    rest = rest.substr(6, rest.size() - 9);
    const auto dash = rest.find('-');
    if (dash == std::string_view::npos || !is_plugin_name(rest.substr(dash + 1))) {
        return std::nullopt;
    }
    return PluginName{std::string(rest.substr(0, dash)), std::string(rest.substr(dash + 1))};
}

bool anybody_may_write(fs::perms permissions) {
    return (permissions & fs::perms::others_write) != fs::perms::none;
}

Result<void> check_file(const Candidate& candidate) {
    std::error_code code;
    const auto status = fs::symlink_status(candidate.file, code);
    if (!fs::is_regular_file(status)) {
        return mismatch(fs::is_symlink(status) ? "is a symbolic link, expected a regular file"
                                               : "is not a regular file");
    }
    if (!candidate.name) {
        return mismatch("found that file name, expected ajour-<kind>-<name>.so");
    }
    if (anybody_may_write(status.permissions())) {
        return Error{ErrorKind::Refused, "anybody may write to the file, expected its owner only"};
    }
    return {};
}

/// The fields that tell whether the rest may be read at all; they come in this order.
Result<void> check_abi(const ajour_plugin_descriptor& descriptor) {
    if (descriptor.magic != AJOUR_PLUGIN_MAGIC) {
        return mismatch("found magic " + std::to_string(descriptor.magic) + ", expected " +
                        std::to_string(AJOUR_PLUGIN_MAGIC));
    }
    if (descriptor.abi_version != AJOUR_ABI_VERSION) {
        return mismatch("found ABI " + std::to_string(descriptor.abi_version) +
                        ", this host speaks " + std::to_string(AJOUR_ABI_VERSION));
    }
    const char* tag = descriptor.abi_tag == nullptr ? "none" : descriptor.abi_tag;
    const std::string_view bounded(tag, strnlen(tag, text_max));
    if (bounded == AJOUR_ABI_TAG) return {};
    return mismatch("found ABI tag " + in_quotes(bounded) + ", expected '" AJOUR_ABI_TAG "'");
}

Result<void> check_texts(const ajour_plugin_descriptor& descriptor) {
    using Field = std::pair<std::string_view, const char*>;
    const std::array fields{Field{"kind", descriptor.kind}, Field{"name", descriptor.name},
                            Field{"version", descriptor.version},
                            Field{"summary", descriptor.summary}};
    for (const auto& [field, text] : fields) {
        const std::string word(field);
        if (text == nullptr) return mismatch("found no " + word + ", expected a text");
        if (*text == '\0' || strnlen(text, text_max) == text_max) {
            return mismatch("found a " + word + " that is empty or too long, expected 1 to " +
                            std::to_string(text_max - 1) + " bytes");
        }
    }
    if (descriptor.create == nullptr) return mismatch("found no create, expected a function");
    return {};
}

Result<void> check_kind(const ajour_plugin_descriptor& descriptor) {
    if (is_kind(descriptor.kind)) return {};
    return mismatch("found kind " + in_quotes(descriptor.kind) + ", expected " +
                    std::string(kinds_text));
}

Result<void> check_name(const Candidate& candidate, const PluginName& name,
                        const std::vector<Candidate>& earlier) {
    const auto same = std::find_if(earlier.begin(), earlier.end(), [&](const Candidate& other) {
        return other.descriptor != nullptr && other.name == name;
    });
    if (same != earlier.end()) {
        return mismatch("found the " + name.kind + " " + in_quotes(name.name) +
                        ", which is loaded from " + same->file.filename().string() +
                        " already, expected another name");
    }
    if (candidate.name == name) return {};
    return mismatch("found the " + name.kind + " " + in_quotes(name.name) + ", expected the " +
                    candidate.name->kind + " " + in_quotes(candidate.name->name) +
                    ", as the file name says");
}

Result<void> admit(Candidate& candidate, const std::vector<Candidate>& earlier) {
    if (auto checked = check_file(candidate); !checked) return checked;
    const auto opened = open_plugin(candidate.file);
    if (!opened) return opened.error();
    const auto& descriptor = **opened;
    if (auto checked = check_abi(descriptor); !checked) return checked;
    if (auto checked = check_texts(descriptor); !checked) return checked;
    if (auto checked = check_kind(descriptor); !checked) return checked;
    const PluginName name{descriptor.kind, descriptor.name};
    if (auto checked = check_name(candidate, name, earlier); !checked) return checked;
    auto rows = settings::checked_rows(descriptor.settings);
    if (!rows) return rows.error();
    candidate.rows = std::move(*rows);
    candidate.descriptor = &descriptor;
    return {};
}

Result<std::vector<fs::path>> shared_objects(const fs::path& directory) {
    std::error_code code;
    std::vector<fs::path> files;
    for (fs::directory_iterator entry(directory, code), end; !code && entry != end;
         entry.increment(code)) {
        if (entry->path().extension() == ".so") files.push_back(entry->path());
    }
    if (code) return Error{ErrorKind::NotFound, code.message()};
    if (files.size() > plugins_max) {
        return Error{ErrorKind::Full, "found " + std::to_string(files.size()) +
                                          " plugins, expected at most " +
                                          std::to_string(plugins_max)};
    }
    std::sort(files.begin(), files.end());
    return files;
}

Result<fs::path> trusted(const fs::path& directory) {
    std::error_code code;
    const auto whole = fs::canonical(directory, code);
    if (code) return Error{ErrorKind::NotFound, code.message()};
    if (anybody_may_write(fs::status(whole, code).permissions())) {
        return Error{ErrorKind::Refused,
                     "anybody may write to the directory, expected its owner only"};
    }
    return whole;
}

}  // namespace

bool is_kind(std::string_view word) noexcept {
    return std::find(kinds.begin(), kinds.end(), word) != kinds.end();
}

std::string refusal_of(const fs::path& file, std::string_view fault) {
    return "plugin " + file.string() + ": " + std::string(fault);
}

Result<std::vector<Candidate>> scan(const fs::path& directory, const IsWanted& is_wanted) {
    const auto place = "plugin directory " + directory.string();
    const auto whole = trusted(directory);
    if (!whole) return whole.error().in(place);
    const auto files = shared_objects(*whole);
    if (!files) return files.error().in(place);
    std::vector<Candidate> candidates;
    for (const auto& file : *files) {
        Candidate candidate{file, name_of(file.filename().string()), nullptr, {}, {}};
        const bool off = candidate.name && !is_wanted(*candidate.name);
        const auto admitted = off ? Result<void>() : admit(candidate, candidates);
        if (!admitted) candidate.refusal = refusal_of(file, admitted.error().text);
        candidates.push_back(std::move(candidate));
    }
    return candidates;
}

}  // namespace ajour::plugin_host
