// SPDX-License-Identifier: Apache-2.0
// Whether something was pushed to a repository while it was looked at: what was seen may be older
// than that.
#pragma once

#include <array>
#include <atomic>
#include <cstddef>
#include <functional>
#include <string>

namespace ajour::oci {

/// Counts per repository, in bounds: some share a counter, and are looked at once too often.
/// May be used by many threads at once.
class Pushes {
public:
    unsigned of(const std::string& repository) const { return counts_[place_of(repository)]; }
    void add(const std::string& repository) { ++counts_[place_of(repository)]; }

private:
    static constexpr std::size_t Counters = 256;

    static std::size_t place_of(const std::string& repository) {
        return std::hash<std::string>()(repository) % Counters;
    }

    std::array<std::atomic<unsigned>, Counters> counts_{};
};

}  // namespace ajour::oci
