// SPDX-License-Identifier: Apache-2.0
// A source that says what a test told it, and counts what it was asked.
#pragma once

#include <ajour/sdk/source.hpp>

#include "digest/sha256.hpp"
#include "support/await.hpp"

#include <algorithm>
#include <functional>
#include <map>
#include <mutex>
#include <set>
#include <stdexcept>
#include <string>
#include <vector>

namespace ajour::support {

class ScriptedSource final : public sdk::Source {
public:
    explicit ScriptedSource(std::string key = "file") { traits_.keys = {std::move(key)}; }

    sdk::SourceTraits& settable_traits() { return traits_; }
    sdk::SourceTraits traits() override { return traits_; }

    /// Offers an image for a target's spec; the origin is the version.
    sdk::Offer offer(const std::string& spec, const std::string& version, sdk::Bytes image) {
        sdk::Offer offer;
        offer.version = version;
        offer.size = image.size();
        offer.sha256 = digest::sha256(image);
        offer.origin = spec + "@" + version;
        serve(offer.origin, std::move(image));
        say(spec, offer);
        return offer;
    }
    /// What `resolve` gives for a spec from now on.
    void say(const std::string& spec, sdk::Result<sdk::Resolution> resolution) {
        const std::lock_guard lock(mutex_);
        resolutions_.insert_or_assign(spec, std::move(resolution));
    }
    void say(const std::string& spec, const sdk::Offer& offer) {
        say(spec, sdk::Result<sdk::Resolution>(sdk::Resolution(offer)));
    }
    void serve(const std::string& origin, sdk::Bytes image) {
        const std::lock_guard lock(mutex_);
        images_.insert_or_assign(origin, std::move(image));
    }
    /// The next fetch ends with an error after so many bytes.
    void interrupt_fetch_after(std::size_t bytes,
                               sdk::ErrorKind error = sdk::ErrorKind::Unavailable) {
        const std::lock_guard lock(mutex_);
        interruption_ = Interruption{bytes, error};
    }
    /// That its second upstream is asked for a spec.
    void move_to_second(const std::string& spec) {
        const std::lock_guard lock(mutex_);
        of_second_.insert(spec);
    }
    std::size_t upstream_of(const sdk::Target& target) override {
        const std::lock_guard lock(mutex_);
        return of_second_.count(target.spec);
    }
    void throw_from_now_on() {
        const std::lock_guard lock(mutex_);
        throws_ = true;
    }

    sdk::Result<sdk::Resolution> resolve(const sdk::ResolveRequest& request) override {
        {
            const std::lock_guard lock(mutex_);
            resolved_.push_back(request);
        }
        (upstream_of(request.target) == 0 ? resolve_gate : second_gate).pass();
        const std::lock_guard lock(mutex_);
        if (throws_) throw std::runtime_error("this source throws");
        const auto found = resolutions_.find(request.target.spec);
        if (found == resolutions_.end()) {
            return sdk::Error{sdk::ErrorKind::NotFound,
                              "nothing is known of " + request.target.spec};
        }
        return found->second;
    }
    sdk::Result<void> fetch(const sdk::Offer& offer, sdk::ByteSink& sink,
                            std::uint64_t from) override {
        const auto plan = plan_fetch(offer, from);
        fetch_gate.pass();
        if (throws()) throw std::runtime_error("this source throws");
        for (std::size_t at = from; at < plan.end; at += chunk) {
            const auto length = std::min<std::size_t>(chunk, plan.end - at);
            auto written = sink.write(sdk::ByteView(plan.image).subspan(at, length));
            if (!written) return written;
        }
        if (plan.interrupted) return sdk::Error{plan.error, "the connection broke"};
        return {};
    }
    sdk::Result<void> observe(const sdk::Observation& observation) override {
        const std::lock_guard lock(mutex_);
        observed_.push_back(observation);
        return {};
    }

    std::vector<sdk::ResolveRequest> resolved() const { return copy(resolved_); }
    /// The byte that each fetch began with.
    std::vector<std::uint64_t> fetched() const { return copy(fetched_); }
    std::vector<sdk::Observation> observed() const { return copy(observed_); }

    Gate resolve_gate, fetch_gate;
    Gate second_gate;  ///< of what its second upstream resolves

private:
    static constexpr std::size_t chunk = 100;

    struct Interruption {
        std::size_t after;
        sdk::ErrorKind error;
    };
    struct Plan {
        sdk::Bytes image;
        std::size_t end;
        bool interrupted;
        sdk::ErrorKind error;
    };
    Plan plan_fetch(const sdk::Offer& offer, std::uint64_t from) {
        const std::lock_guard lock(mutex_);
        fetched_.push_back(from);
        const auto& image = images_[offer.origin];
        const auto broken = std::exchange(interruption_, std::nullopt);
        if (!broken) return {image, image.size(), false, {}};
        return {image, std::min(image.size(), broken->after), true, broken->error};
    }
    bool throws() const {
        const std::lock_guard lock(mutex_);
        return throws_;
    }
    template <typename Items>
    Items copy(const Items& items) const {
        const std::lock_guard lock(mutex_);
        return items;
    }

    sdk::SourceTraits traits_;
    mutable std::mutex mutex_;  // guards all below
    std::map<std::string, sdk::Result<sdk::Resolution>> resolutions_;
    std::map<std::string, sdk::Bytes> images_;
    std::set<std::string> of_second_;
    std::optional<Interruption> interruption_;
    bool throws_ = false;
    std::vector<sdk::ResolveRequest> resolved_;
    std::vector<std::uint64_t> fetched_;
    std::vector<sdk::Observation> observed_;
};

}  // namespace ajour::support
