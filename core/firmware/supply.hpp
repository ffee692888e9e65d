// SPDX-License-Identifier: Apache-2.0
// What one target means now: the release that may be served for it, or why there is none. Knows no
// source.
#pragma once

#include <ajour/sdk/device.hpp>
#include <ajour/sdk/release.hpp>

#include "firmware/image.hpp"
#include "firmware/partial.hpp"
#include "update/step.hpp"
#include "work/clock.hpp"

#include <functional>
#include <map>
#include <memory>
#include <mutex>
#include <string>
#include <vector>

namespace ajour::firmware {

/// Which offer something is about.
struct OfferMark {
    std::string version, assignment;
    std::uint32_t stamp = 0;  ///< differs when version, assignment or digest do; 0: no offer
};

/// Immutable; replaced as a whole.
struct Standing {
    std::shared_ptr<const Image> image;  ///< null: `absent` says why
    sdk::Release release;
    /// Without an image: for what the device has begun before.
    sdk::Permit permit = sdk::Permit::Swap;
    std::string assignment;
    std::uint32_t stamp = 0;  ///< as OfferMark::stamp, of `release`
    /// From then on the permit counts no more, until the source has said it again.
    work::Instant permit_ends = work::Instant::max();
    std::string warning;  ///< of the source, for people
    update::Cause absent = update::Cause::NotReady;
    bool asked = false;       ///< the source has answered, or failed, at least once
    std::uint32_t retry = 0;  ///< seconds that the source asked for; 0: none
    std::string problem;  ///< the last failure, for people; an earlier image may stand beside it
    OfferMark failing;    ///< the offer that could not be served; without a version: none
};

class Supply {
public:
    Supply(sdk::Target target, sdk::DeviceId device, std::map<std::string, std::string> labels);

    const sdk::Target& target() const noexcept { return target_; }
    const sdk::DeviceId& device() const noexcept { return device_; }
    std::map<std::string, std::string> labels() const;

    /// Whether the device has other labels than before. [any]
    bool take_labels(const std::map<std::string, std::string>& labels);

    std::shared_ptr<const Standing> standing() const;

    /// Whether the source should be asked; true at most once until `settle`. [any]
    bool claim_renewal(work::Instant now);

    /// Puts a new standing in place, good until `fresh_until`, and calls those who wait. [worker]
    void settle(std::shared_ptr<const Standing> standing, work::Instant fresh_until);

    /// Puts a standing in place at once, between renewals. [any]
    void replace(std::shared_ptr<const Standing> standing);

    /// Makes the next claim_renewal succeed, also when one runs that may have asked too early.
    /// [any]
    void expire();

    /// Calls `ready` once, at the next `settle`, on the thread that settles. False when no renewal
    /// runs or `waiting_max` wait already; then `ready` is dropped. [any]
    bool when_settled(std::function<void()> ready, std::size_t waiting_max);

    /// What one renewal leaves for the next; touched by the one that runs only.
    struct Leftover {
        std::unique_ptr<Partial> partial;  ///< an interrupted fetch, to be resumed
        std::string partial_origin;
        std::string measured_origin;  ///< of the image that stands, when its offer named no digest
    };
    Leftover leftover;

    /// The interrupted fetch, which then begins anew; null when there is none, or a renewal runs.
    /// [any]
    std::unique_ptr<Partial> take_interrupted();

private:
    const sdk::Target target_;
    const sdk::DeviceId device_;
    mutable std::mutex mutex_;  // guards all below
    std::map<std::string, std::string> labels_;
    std::shared_ptr<const Standing> standing_;
    work::Instant fresh_until_{};
    bool renewing_ = false;
    bool expired_ = false;  // since the renewal that runs began
    std::vector<std::function<void()>> waiting_;
};

}  // namespace ajour::firmware
