// SPDX-License-Identifier: Apache-2.0
// What was found wrong a moment ago is not asked for again at once, however many want to know.
#pragma once

#include <ajour/sdk/result.hpp>

#include "memory.hpp"

#include <algorithm>
#include <chrono>
#include <optional>
#include <string>

namespace ajour::oci {

class Failures {
public:
    /// Remembers for `poll`, and for 10 s at the most: who mends something looks whether it helped.
    Failures(std::chrono::milliseconds poll, std::size_t most, sdk::Metric& count)
        : good_for_(std::min<std::chrono::milliseconds>(poll, std::chrono::seconds(10))),
          memory_(most, count) {}

    std::optional<sdk::Error> find(const std::string& name) {
        const auto known = memory_.find(name);
        if (!known || std::chrono::steady_clock::now() >= known->until) return std::nullopt;
        return known->error;
    }

    /// Gives the error on. An OCI registry that does not answer is left alone elsewhere.
    sdk::Error remember(const std::string& name, const std::string& repository, sdk::Error error) {
        using sdk::ErrorKind;
        if (error.kind == ErrorKind::Unavailable || error.kind == ErrorKind::Timeout) return error;
        memory_.put(name, {repository, error, std::chrono::steady_clock::now() + good_for_});
        return error;
    }

    /// Something was pushed to a repository.
    void expire(const std::string& repository) {
        memory_.each([&](Failure& failure) {
            if (failure.repository == repository) failure.until = {};
        });
    }

private:
    struct Failure {
        std::string repository;
        sdk::Error error;
        std::chrono::steady_clock::time_point until;
    };

    const std::chrono::milliseconds good_for_;
    Memory<Failure> memory_;
};

}  // namespace ajour::oci
