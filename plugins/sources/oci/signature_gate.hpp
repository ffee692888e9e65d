// SPDX-License-Identifier: Apache-2.0
// Lets pass what is signed as the operator wants it.
#pragma once

#include <ajour/sdk/result.hpp>

#include "content/repository.hpp"
#include "memory.hpp"
#include "metrics.hpp"
#include "registries.hpp"
#include "signature/signatures.hpp"

#include <chrono>
#include <filesystem>
#include <string>
#include <vector>

namespace ajour::oci {

class SignatureGate {
public:
    /// Below `keys` stand APPLICATION.pub and APPLICATION/*.pub, and default.pub and default/*.pub
    /// for applications without keys of their own. They are read again at each use. What was not
    /// signed is looked at again after `again`.
    SignatureGate(std::filesystem::path keys, std::chrono::milliseconds again, std::size_t most,
                  Metrics& metrics);

    /// A warning, or "", for a release that may be served. Refused: it may not, and why; others: it
    /// could not be found out. [worker]
    sdk::Result<std::string> check(const Registry& registry, const std::string& application,
                                   const std::string& repository_name,
                                   const std::vector<std::string>& digests, Repository& repository);

    /// Looks at once again at what was not signed. [any]
    void expire();

private:
    struct Known {
        Verdict verdict;
        std::chrono::steady_clock::time_point good_until;
    };

    sdk::Result<TrustedKeys> keys_of(const std::string& application) const;
    sdk::Result<Verdict> verdict_on(const std::string& name, const TrustedKeys& keys,
                                    const std::vector<std::string>& digests,
                                    Repository& repository);
    sdk::Result<std::string> judge(SignatureMode mode, const Verdict& verdict);

    const std::filesystem::path keys_;
    const std::chrono::milliseconds again_;
    Metrics& metrics_;
    Memory<Known> verdicts_;
};

}  // namespace ajour::oci
