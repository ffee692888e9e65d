// SPDX-License-Identifier: Apache-2.0
#include "poll.hpp"

#include "paths.hpp"

#include <utility>

namespace ajour::drogue_registry {

using sdk::DeviceId;
using sdk::ErrorKind;
using sdk::Result;
using std::chrono::milliseconds;

namespace {

constexpr milliseconds between_pages{10};
constexpr milliseconds between_looks{500};

}  // namespace

milliseconds Poll::interval() {
    if (parts_.cloud.pause_left() > milliseconds::zero()) return between_looks;
    return round_ || !parts_.tips.is_empty() ? between_pages : between_looks;
}

Result<void> Poll::tend() {
    if (parts_.cloud.pause_left() > milliseconds::zero()) return {};
    if (const auto tip = parts_.tips.take()) return follow(*tip);
    if (parts_.options.poll == milliseconds::zero()) return {};
    return look_through();
}

/// What nobody remembers needs no question.
Result<void> Poll::follow(const DeviceId& tip) {
    if (!parts_.records.is_known(tip)) return {};
    const auto found =
        tip.device.empty() ? parts_.cloud.application(tip.application) : parts_.cloud.device(tip);
    if (parts_.records.keep(tip, found, Clock::now())) {
        tip.device.empty() ? parts_.news.application_changed(tip.application)
                           : parts_.news.device_changed(tip);
    }
    if (found || found.error().kind == ErrorKind::NotFound) return {};
    if (parts_.cloud.pause_left() > milliseconds::zero()) (void)parts_.tips.put(tip);
    return found.error().in("asking for what an event tells of");
}

Result<void> Poll::look_through() {
    if (!round_) choose(Clock::now());
    if (!round_) return {};
    auto& round = *round_;
    auto done = round.listing ? ask_page(round) : ask_application(round);
    if (!done) end(round);
    return done;
}

void Poll::choose(Clock::time_point now) {
    const auto names = parts_.active.names(now);
    std::map<std::string, Clock::time_point> due;
    for (const auto& name : names) {
        const auto known = due_.find(name);
        due.emplace(name, known == due_.end() ? now : known->second);
    }
    due_ = std::move(due);
    for (const auto& [name, at] : due_) {
        if (at > now) continue;
        ++rounds_;
        round_ = Round{name};
        return;
    }
}

Result<void> Poll::ask_application(Round& round) {
    const auto found = parts_.cloud.application(round.application);
    if (parts_.records.keep(DeviceId(round.application, ""), found, Clock::now())) {
        parts_.news.application_changed(round.application);
    }
    round.listing = true;
    if (found) return {};
    const auto failure = found.error();
    if (failure.kind != ErrorKind::NotFound) return failure;
    end(round);
    return {};
}

Result<void> Poll::ask_page(Round& round) {
    const Page page{parts_.options.labels, parts_.options.limit, round.offset};
    auto records = parts_.cloud.devices(round.application, page);
    if (!records) return records.error().in("listing the devices of " + round.application);
    const auto count = records->size();
    for (auto& record : *records) take(round, std::move(record));
    round.offset += count;
    if (count == page.limit) return {};
    for (const auto& gone : parts_.records.sweep(round.application, rounds_)) {
        parts_.news.device_changed(gone);
    }
    end(round);
    return {};
}

void Poll::take(const Round& round, Record record) {
    const DeviceId id(round.application, record.name);
    if (!parts_.records.keep_listed(id, std::move(record), rounds_, Clock::now())) return;
    parts_.news.device_changed(id);
}

/// The round is gone then.
void Poll::end(const Round& round) {
    if (const auto place = due_.find(round.application); place != due_.end()) {
        place->second = Clock::now() + parts_.options.poll;
    }
    round_.reset();
}

}  // namespace ajour::drogue_registry
