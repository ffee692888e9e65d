// SPDX-License-Identifier: Apache-2.0
// Streams artifacts to the host, against all hashes that were promised, and goes on where one was
// interrupted.
#pragma once

#include <ajour/sdk/bytes.hpp>
#include <ajour/sdk/result.hpp>

#include "digests.hpp"
#include "world.hpp"

#include <cstdint>
#include <map>
#include <memory>
#include <mutex>
#include <string>

namespace ajour::hawkbit {

/// Thread-safe; one download at a time for one origin.
class Downloads {
public:
    explicit Downloads(World& world) : world_(world) {}

    struct Outcome {
        sdk::Result<void> result;  ///< Mismatch: it does not verify, or cannot be gone on with
        bool led_nowhere = false;  ///< the link does not give the image
    };
    Outcome stream(const std::string& origin, Tenant& tenant, const Chosen& chosen,
                   sdk::ByteSink& sink, std::uint64_t from);

private:
    Outcome receive(Tenant& tenant, const Chosen& chosen, sdk::ByteSink& sink, std::uint64_t from,
                    Digests* digests);
    sdk::Result<void> verify(const Chosen& chosen, Digests& digests);
    /// Hashes of an interrupted download, to be gone on with.
    std::unique_ptr<Digests> recall(const std::string& origin, const Chosen& chosen,
                                    std::uint64_t from);
    void keep(const std::string& origin, std::unique_ptr<Digests> digests);

    static constexpr std::size_t KeptMax = 16;
    World& world_;
    std::mutex mutex_;  // guards kept_
    std::map<std::string, std::unique_ptr<Digests>> kept_;
};

}  // namespace ajour::hawkbit
