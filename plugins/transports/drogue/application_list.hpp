// SPDX-License-Identifier: Apache-2.0
// Puts the pages together in which the registry lists applications. Pure.
#pragma once

#include <cstddef>
#include <string>
#include <utility>
#include <vector>

namespace ajour::drogue {

/// What is asked for at once, and served in all.
struct ListBounds {
    std::size_t page = 0;
    std::size_t most = 0;
};

class ApplicationList {
public:
    /// Those that are excluded do not count.
    ApplicationList(const ListBounds& bounds, std::vector<std::string> excluded)
        : bounds_(bounds), excluded_(std::move(excluded)) {}

    /// How many applications are before the next page.
    std::size_t offset() const noexcept { return seen_; }
    /// Takes a page; whether there is another one to ask for. Ends with any server.
    bool take(const std::vector<std::string>& page);

    /// Whether there are more than are served.
    bool is_cut() const noexcept { return cut_; }
    const std::vector<std::string>& names() const noexcept { return names_; }

private:
    void keep(const std::string& name);

    const ListBounds bounds_;
    const std::vector<std::string> excluded_;
    std::vector<std::string> names_;
    std::size_t seen_ = 0;
    bool cut_ = false;
};

}  // namespace ajour::drogue
