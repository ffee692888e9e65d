// SPDX-License-Identifier: Apache-2.0
// A table's checked values, as plugins and the host read them.
#pragma once

#include <ajour/sdk/settings.hpp>

#include "settings/value.hpp"

#include <filesystem>
#include <functional>
#include <map>
#include <string>
#include <string_view>
#include <vector>

namespace ajour::settings {

/// Who lets several threads read it changes it no more once `check` made it; but a secret that a
/// file has is read out of that file each time. Keys are those of the table, without its prefix.
class Section : public sdk::Settings {
public:
    std::string text(std::string_view key) const override;
    std::int64_t integer(std::string_view key) const override;
    bool boolean(std::string_view key) const override;
    std::chrono::milliseconds duration(std::string_view key) const override;
    std::vector<std::string> list(std::string_view key) const override;

    std::vector<std::string> names(std::string_view group) const override;

    void put(std::string key, Value value);
    /// Where the text of a key that was put is read again.
    void put_file(std::string key, std::filesystem::path file);
    void put_names(std::string group, std::vector<std::string> names);

    /// Keys whose values differ, or that the other has not, for a reload.
    std::vector<std::string> differing_keys(const Section& other) const;
    /// Makes one value that of another section; gone when the other has none.
    void take(const std::string& key, const Section& other);

private:
    bool reads_same_file(const std::string& key, const Section& other) const;
    const Value& value(std::string_view key, std::initializer_list<std::int32_t> kinds,
                       std::string_view asked) const;

    std::map<std::string, Value, std::less<>> values_;
    std::map<std::string, std::filesystem::path, std::less<>> files_;
    std::map<std::string, std::vector<std::string>, std::less<>> groups_;
};

}  // namespace ajour::settings
