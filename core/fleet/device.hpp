// SPDX-License-Identifier: Apache-2.0
// What is remembered of one device while it is in memory. Guarded by its shard of the fleet.
#pragma once

#include <ajour/sdk/device.hpp>

#include "digest/credential_tag.hpp"
#include "firmware/supply.hpp"
#include "fleet/pace.hpp"
#include "update/flight.hpp"
#include "work/clock.hpp"

#include <array>
#include <cstdint>
#include <memory>
#include <optional>
#include <string>

namespace ajour::fleet {

/// What the device last said and was told, as far as its status in the registry shows it.
struct Reported {
    std::string running;  ///< version
    std::string target;   ///< version; empty: none
    std::uint32_t offset = 0, size = 0;
    bool in_sync = false;
    bool updating = false;   ///< `offset` of `size` means something
    bool waiting = false;    ///< `cause` means something
    bool finishing = false;  ///< an image that is no longer the target
    update::Cause cause = update::Cause::NotReady;
    std::uint32_t remarks =
        0;                    ///< stands for the source's problem and warning, which are shown too
    std::uint32_t offer = 0;  ///< whose image it was told about, Standing::stamp; 0: none

    friend bool operator==(const Reported&, const Reported&) = default;
};

/// What the device's source was told of it, see news.hpp.
struct Told {
    std::uint32_t about = 0;   ///< which offer, Standing::stamp
    std::uint32_t failed = 0;  ///< which offer could not be served
    std::uint16_t steps = 0;
};

/// A credential that was found right, remembered without keeping it.
struct Pass {
    digest::CredentialTag::Tag tag{};
    work::Instant until{};
};

/// What each turn touches comes first, so that it lies in few cache lines: see device_table.cpp.
struct Device {
    sdk::DeviceId id;
    std::array<Pass, 2> passes{};
    work::Instant fresh_until{};  ///< then the registry is asked again, beside the turn
    work::Instant stale_at{};     ///< then the turn waits for the registry
    std::shared_ptr<firmware::Supply>
        supply;  ///< null: nothing is configured, or `problem` or `crowded_out` says why not
    update::Flight flight;
    Reported reported;
    Pace pace;
    bool enabled = false;
    bool refreshing = false;
    bool crowded_out = false;  ///< it has a target, which found no room among those in use
    bool report_due = false;
    bool flight_due = false;     ///< the flight changed in a way that must survive a restart
    bool news_due = false;       ///< its source could not be told
    bool seen = true;            ///< since the eviction's hand last passed
    Device* next_due = nullptr;  ///< of the shard's list of those of which something is due
    Told told;

    std::size_t credentials =
        0;  ///< stands for the stored credentials that `passes` were checked against
    std::unique_ptr<const std::string> problem;  ///< null: none, as for nearly all

    std::string problem_text() const { return problem ? *problem : std::string(); }
    bool is_listed() const noexcept { return report_due || flight_due || news_due; }
    std::optional<work::Instant> admitted_until(const digest::CredentialTag::Tag& tag,
                                                work::Instant now) const noexcept {
        if (!enabled) return std::nullopt;
        for (const auto& pass : passes) {
            if (now < pass.until && pass.tag == tag) return pass.until;
        }
        return std::nullopt;
    }
    bool is_admitted(const digest::CredentialTag::Tag& tag, work::Instant now) const noexcept {
        return admitted_until(tag, now).has_value();
    }
};

}  // namespace ajour::fleet
