// SPDX-License-Identifier: Apache-2.0
// Who is left alone: the repository that fails, so that the others go on; the whole OCI registry
// when it limits its clients, or when one repository after another fails. Knows no clock.
#pragma once

#include <ajour/sdk/host.hpp>

#include "distribution/back_off.hpp"
#include "memory.hpp"

#include <chrono>
#include <optional>
#include <set>
#include <string>

namespace ajour::oci {

class Rests {
public:
    using Instant = BackOff::Instant;

    struct Failure {
        std::chrono::seconds asked{0};  ///< how long it wants to be left alone; 0: it did not say
        bool of_all = false;            ///< it would answer nobody
        std::string reason;
    };

    /// `count` shows how many repositories failed and did not answer since.
    Rests(std::size_t repositories_max, sdk::Metric& count)
        : repositories_(repositories_max, count) {}

    /// Whether a repository is to be left alone now, and why.
    std::optional<BackOff::Rest> rest(const std::string& repository, Instant now);

    /// `chance`, of 0 to 1, spreads those who wait.
    void failed(const std::string& repository, const Failure& failure, Instant now, double chance);
    void succeeded(const std::string& repository);

    /// Something was pushed to it, so it works again. A limit holds all the same.
    void wake(const std::string& repository);

private:
    BackOff registry_;
    Memory<BackOff> repositories_;
    std::set<std::string> fail_in_a_row_;  ///< since any answered
    bool is_limited_ = false;
};

}  // namespace ajour::oci
