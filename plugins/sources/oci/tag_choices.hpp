// SPDX-License-Identifier: Apache-2.0
// Which tag a policy chooses: one list of tags for each policy and interval.
#pragma once

#include "content/semver.hpp"
#include "pointers.hpp"
#include "pushes.hpp"

#include <chrono>
#include <mutex>
#include <string>

namespace ajour::oci {

class TagChoices {
public:
    struct Chosen {
        std::string tag;
        std::string stale;  ///< why what was known could not be looked at again, or empty
    };

    TagChoices(Freshness freshness, const Pushes& pushes, std::size_t most, sdk::Metric& count)
        : freshness_(freshness), pushes_(pushes), memory_(most, count) {}

    /// The tag of the highest version in the range, which `text` is. Never two at once for one
    /// repository and text. [worker]
    sdk::Result<Chosen> current(const std::string& registry, const std::string& repository_name,
                                const Range& range, const std::string& text,
                                Repository& repository);

    /// Lists the tags of a repository again soon; the push was counted before. [any]
    void expire(const std::string& repository);

private:
    using Instant = std::chrono::steady_clock::time_point;
    struct Choice {
        std::string repository, tag;
        Instant looked_at, due;
    };

    void remember(const std::string& name, Choice choice, unsigned pushes);

    const Freshness freshness_;
    const Pushes& pushes_;
    Memory<Choice> memory_;
    std::mutex changing_;  // held from looking for a push to putting a choice: no push is lost
};

}  // namespace ajour::oci
