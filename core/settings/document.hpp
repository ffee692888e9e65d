// SPDX-License-Identifier: Apache-2.0
// A properties file as keys and texts, each with the place it came from. Knows no setting by name.
#pragma once

#include <ajour/sdk/result.hpp>

#include "settings/problem.hpp"

#include <cstddef>
#include <cstdint>
#include <filesystem>
#include <map>
#include <string>
#include <string_view>

namespace ajour::settings {

inline constexpr std::size_t file_bytes_max = 1 << 20;
inline constexpr std::size_t key_bytes_max = 200;

/// Where a value comes from. A later level wins over an earlier one.
enum class Level : std::uint8_t { File, Environment, Flag };

struct Origin {
    Level level = Level::File;
    std::string name;      ///< of the file, the variable or the flag
    std::size_t line = 0;  ///< of the file, from 1

    std::string text() const;
};

struct Entry {
    std::string value;
    Origin origin;
};

class Document {
public:
    using Entries = std::map<std::string, Entry, std::less<>>;

    const Entries& entries() const noexcept { return entries_; }
    const Entry* find(std::string_view key) const noexcept;

    /// Takes the value unless one of a later level is there.
    void put(std::string key, Entry entry);

    /// What could not be read: lines without '=', bad keys, keys given twice.
    const Problems& problems() const noexcept { return problems_; }
    void add_problem(Problem problem) { add(problems_, std::move(problem)); }

private:
    Entries entries_;
    Problems problems_;
};

/// True for 1 to key_bytes_max letters, digits, '.', '_' and '-'.
bool is_key(std::string_view text) noexcept;

/// Reads the syntax of Poco's PropertyFileConfiguration: `key = value` or `key: value`, lines that
/// begin with # or ! are comments, a backslash at the end of a line joins the next, \t \r \n \f and
/// \\ stand for themselves. Malformed: too long, or not a text. Bad lines become problems of the
/// document.
sdk::Result<Document> parse(std::string_view text, std::string_view name = "settings");

/// The same for a file. NotFound, Refused or Unavailable when it cannot be read.
sdk::Result<Document> load(const std::filesystem::path& path);

}  // namespace ajour::settings
