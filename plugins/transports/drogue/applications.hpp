// SPDX-License-Identifier: Apache-2.0
// The applications that are wanted, as the settings name them or the registry last listed them.
// Sorted. [any]
#pragma once

#include <mutex>
#include <string>
#include <vector>

namespace ajour::drogue {

class Applications {
public:
    /// Without names it waits for a list. Those that are excluded are left out of each.
    Applications(std::vector<std::string> names, std::vector<std::string> excluded);

    /// Takes a new list. Names that cannot be in a topic are left out.
    void set(std::vector<std::string> names);

    std::vector<std::string> names() const;
    /// False before the first list.
    bool are_known() const;

private:
    const std::vector<std::string> excluded_;
    mutable std::mutex mutex_;  // guards all below
    std::vector<std::string> names_;
    bool known_ = false;
};

}  // namespace ajour::drogue
