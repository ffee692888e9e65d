// SPDX-License-Identifier: Apache-2.0
// What is wrong with one setting, for people. Never holds a secret's value.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

namespace ajour::settings {

struct Problem {
    std::string
        origin;        ///< "etc/ajour.properties:12", "environment variable AJOUR_STATE", or empty
    std::string key;   ///< empty when the line has none
    std::string text;  ///< what was found and what was expected

    std::string sentence() const;

    friend bool operator==(const Problem&, const Problem&) = default;
};

using Problems = std::vector<Problem>;

/// More than this many are not collected; the last one then says that there are more.
inline constexpr std::size_t problems_max = 100;

void add(Problems& problems, Problem problem);
void add_all(Problems& problems, const Problems& more);

/// By the lines of the file; what is of no line comes behind, in the order that it has.
void sort_by_line(Problems& problems);

/// One sentence a line.
std::string text_of(const Problems& problems);

/// A piece of hostile text in quotes: control bytes replaced, at most 80 bytes.
std::string in_quotes(std::string_view found);

}  // namespace ajour::settings
