// SPDX-License-Identifier: Apache-2.0
#include "firmware/source_watch.hpp"

#include <chrono>
#include <string>
#include <utility>

namespace ajour::firmware {

using sdk::LogLevel;
using work::harmless;

namespace {

constexpr const char* part = "firmware";
constexpr std::size_t name_max = 80, spec_max = 120, reason_max = 200;
constexpr std::chrono::seconds patience{30};

std::string source_of(const Supply& supply) {
    return "source " + harmless(supply.target().source, name_max) + " for application " +
           harmless(supply.target().application, name_max);
}

}  // namespace

/// The device that asked is named, but is not what makes lines alike: a source that answers each
/// device by itself fails all of them.
void SourceWatch::failed(Supply& supply, const sdk::Error& error) const {
    auto* notices = notices_.load();
    if (std::exchange(supply.leftover.fails, true) || notices == nullptr) return;
    const auto reason = harmless(error.text, reason_max);
    const auto source = source_of(supply);
    notices->tell({LogLevel::Warning, part, source + reason,
                   source + " fails for " + harmless(supply.target().spec, spec_max) +
                       " (asked by " + harmless(supply.device().device, name_max) +
                       "): " + reason});
}

void SourceWatch::waits(Supply& supply, const std::string& reason, work::Instant now) const {
    auto& since = supply.leftover.waits_since;
    if (!since) since = now;
    if (now - *since >= patience) failed(supply, {sdk::ErrorKind::Unavailable, reason});
}

void SourceWatch::served(Supply& supply) const {
    supply.leftover.waits_since.reset();
    auto* notices = notices_.load();
    if (!std::exchange(supply.leftover.fails, false) || notices == nullptr) return;
    const auto source = source_of(supply);
    notices->tell({LogLevel::Info, part, source + " again",
                   source + " is well again for " + harmless(supply.target().spec, spec_max)});
}

}  // namespace ajour::firmware
