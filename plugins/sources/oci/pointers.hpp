// SPDX-License-Identifier: Apache-2.0
// What tags lead to: one look for each tag and interval, whoever wants to know.
#pragma once

#include "content/repository.hpp"
#include "distribution/http_repository.hpp"
#include "memory.hpp"
#include "pushes.hpp"
#include "reference.hpp"

#include <chrono>
#include <mutex>
#include <optional>
#include <string>

namespace ajour::oci {

/// When what is remembered of an OCI registry is looked at again.
struct Freshness {
    std::chrono::milliseconds poll{60'000};  ///< from look to look
    std::chrono::milliseconds hook{5'000};   ///< the same, when a webhook asks for it
};

class Pointers {
public:
    struct Pointed {
        std::string digest;
        std::optional<Document> document;  ///< when it came along
        std::string stale;  ///< why what was known could not be looked at again, or empty
    };

    Pointers(Freshness freshness, const Pushes& pushes, std::size_t most, sdk::Metric& count)
        : freshness_(freshness), pushes_(pushes), memory_(most, count) {}

    /// What a reference leads to. A digest is not looked at; a tag once and for all, or with
    /// `always` again after a while. Never two at once for one reference. [worker]
    sdk::Result<Pointed> current(const std::string& registry, const Reference& reference,
                                 HttpRepository& repository, bool always);

    /// What a tag leads to was no release: it will be looked at again, whatever the pull policy.
    void doubt(const std::string& registry, const Reference& reference);

    /// Looks again soon at all tags of a repository, or at one of them when `tag` names it; the
    /// push was counted before. [any]
    void expire(const std::string& repository, const std::string& tag);

private:
    using Instant = std::chrono::steady_clock::time_point;
    struct Pointer {
        std::string repository, tag, digest, etag;
        Instant looked_at;
        Instant due = Instant::max();  ///< when it has to be looked at even if never else
    };

    bool is_fresh(const Pointer& pointer, bool always) const;
    /// `pushes`: how many there were when the look began.
    sdk::Result<Pointed> first_look(const std::string& name, const Reference& reference,
                                    HttpRepository& repository, unsigned pushes);
    sdk::Result<Pointed> look_again(const std::string& name, Pointer pointer,
                                    HttpRepository& repository, unsigned pushes);
    Pointed remember(const std::string& name, Pointer pointer, std::optional<Document> document,
                     unsigned pushes);

    const Freshness freshness_;
    const Pushes& pushes_;
    Memory<Pointer> memory_;
    std::mutex changing_;  // held from finding a pointer to putting it back: no push is lost
};

}  // namespace ajour::oci
