// SPDX-License-Identifier: Apache-2.0
// Which tag a policy chooses: one list of tags for each policy and interval.
#pragma once

#include "content/semver.hpp"
#include "pointers.hpp"

namespace ajour::oci {

class TagChoices {
public:
    struct Chosen {
        std::string tag;
        std::string stale;  ///< why what was known could not be looked at again, or empty
    };

    TagChoices(Freshness freshness, std::size_t most, sdk::Metric& count)
        : freshness_(freshness), memory_(most, count) {}

    /// The tag of the highest version in the range, which `text` is. Never two at once for one
    /// repository and text. [worker]
    sdk::Result<Chosen> current(const std::string& registry, const std::string& repository_name,
                                const Range& range, const std::string& text,
                                Repository& repository);

    /// Lists the tags of a repository again soon. [any]
    void expire(const std::string& repository);

private:
    using Instant = std::chrono::steady_clock::time_point;
    struct Choice {
        std::string repository, tag;
        Instant looked_at, due;
    };

    const Freshness freshness_;
    Memory<Choice> memory_;
};

}  // namespace ajour::oci
