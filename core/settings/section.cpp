// SPDX-License-Identifier: Apache-2.0
#include "settings/section.hpp"

#include "settings/secret.hpp"

#include <algorithm>
#include <stdexcept>
#include <utility>

namespace ajour::settings {

const Value& Section::value(std::string_view key, std::initializer_list<std::int32_t> kinds,
                            std::string_view asked) const {
    const auto found = values_.find(key);
    if (found == values_.end()) {
        throw std::logic_error("setting " + std::string(key) + " is not declared");
    }
    if (std::find(kinds.begin(), kinds.end(), found->second.kind) == kinds.end()) {
        throw std::logic_error("setting " + std::string(key) + " is not declared as " +
                               std::string(asked));
    }
    return found->second;
}

std::string Section::text(std::string_view key) const {
    const auto& known =
        value(key, {AJOUR_SETTING_TEXT, AJOUR_SETTING_CHOICE, AJOUR_SETTING_PATH}, "text").text;
    const auto file = files_.find(key);
    if (file == files_.end()) return known;
    auto now = read_secret(file->second);
    return now && !now->empty() ? *std::move(now) : known;  // somebody is about to write it
}

std::int64_t Section::integer(std::string_view key) const {
    return value(key, {AJOUR_SETTING_INTEGER, AJOUR_SETTING_SIZE}, "integer").number;
}

bool Section::boolean(std::string_view key) const {
    return value(key, {AJOUR_SETTING_BOOLEAN}, "boolean").number != 0;
}

std::chrono::milliseconds Section::duration(std::string_view key) const {
    return std::chrono::milliseconds(value(key, {AJOUR_SETTING_DURATION}, "duration").number);
}

std::vector<std::string> Section::list(std::string_view key) const {
    return value(key, {AJOUR_SETTING_LIST}, "list").list;
}

std::vector<std::string> Section::names(std::string_view group) const {
    const auto found = groups_.find(group);
    if (found != groups_.end()) return found->second;
    throw std::logic_error("no setting " + std::string(group) + ".* is declared");
}

void Section::put_names(std::string group, std::vector<std::string> names) {
    groups_.insert_or_assign(std::move(group), std::move(names));
}

void Section::put_file(std::string key, std::filesystem::path file) {
    files_.insert_or_assign(std::move(key), std::move(file));
}

void Section::put(std::string key, Value value) {
    values_.insert_or_assign(std::move(key), std::move(value));
}

void Section::take(const std::string& key, const Section& other) {
    if (reads_same_file(key, other)) return;  // threads may be reading it
    const auto found = other.values_.find(key);
    if (found == other.values_.end()) {
        values_.erase(key);
    } else {
        values_.insert_or_assign(key, found->second);
    }
    files_.erase(key);
    if (const auto file = other.files_.find(key); file != other.files_.end()) files_.insert(*file);
}

bool Section::reads_same_file(const std::string& key, const Section& other) const {
    const auto ours = files_.find(key), theirs = other.files_.find(key);
    return ours != files_.end() && theirs != other.files_.end() && ours->second == theirs->second;
}

std::vector<std::string> Section::differing_keys(const Section& other) const {
    std::vector<std::string> keys;
    for (const auto& [key, value] : values_) {
        const auto found = other.values_.find(key);
        if (found == other.values_.end() || found->second != value) keys.push_back(key);
    }
    return keys;
}

}  // namespace ajour::settings
