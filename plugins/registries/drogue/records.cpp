// SPDX-License-Identifier: Apache-2.0
#include "records.hpp"

#include <utility>

namespace ajour::drogue_registry {

using sdk::DeviceId;
using sdk::Error;
using sdk::ErrorKind;

namespace {

constexpr std::size_t overhead = 320;  // of the map, the list and the texts

bool differ(const Records::Answer& one, const Records::Answer& other) {
    if (!one || !other) return one.ok() != other.ok();
    return differ_for_host(*one, *other);
}

/// Errors of other kinds say nothing about the object.
bool is_lasting(const Records::Answer& answer) {
    return answer || answer.error().kind == ErrorKind::NotFound ||
           answer.error().kind == ErrorKind::Refused;
}

}  // namespace

std::optional<Records::Answer> Records::fresh(const DeviceId& id, Instant now) {
    const std::lock_guard lock(mutex_);
    const auto found = known_.find(id);
    if (found == known_.end() || now >= found->second.until) return std::nullopt;
    touch(found->second);
    return found->second.answer;
}

bool Records::is_known(const DeviceId& id) {
    const std::lock_guard lock(mutex_);
    return known_.contains(id);
}

std::optional<Record> Records::writable(const DeviceId& id) {
    const std::lock_guard lock(mutex_);
    const auto found = known_.find(id);
    if (found == known_.end() || !found->second.answer) return std::nullopt;
    if (found->second.answer->version.empty()) return std::nullopt;
    return *found->second.answer;
}

bool Records::keep(const DeviceId& id, const Answer& answer, Instant now) {
    if (!is_lasting(answer)) return false;
    const std::lock_guard lock(mutex_);
    const auto found = known_.find(id);
    if (found == known_.end()) return insert(id, answer, 0, now), false;
    const bool news = differ(found->second.answer, answer);
    touch(found->second);
    set(found, answer, now);
    make_room();
    return news;
}

bool Records::keep_listed(const DeviceId& id, Record record, std::uint64_t round, Instant now) {
    const std::lock_guard lock(mutex_);
    const auto found = known_.find(id);
    if (found == known_.end()) {
        const Answer answer(std::move(record));
        if (bytes_ + cost(id, answer) <= rules_.bytes_max) insert(id, answer, round, now);
        return false;
    }
    found->second.round = round;
    const Answer answer(std::move(record));
    const bool news = differ(found->second.answer, answer);
    set(found, answer, now);
    make_room();
    return news;
}

std::vector<DeviceId> Records::sweep(const std::string& application, std::uint64_t round) {
    std::vector<DeviceId> gone;
    const std::lock_guard lock(mutex_);
    auto place = known_.lower_bound(DeviceId(application, ""));
    while (place != known_.end() && place->first.application == application) {
        const auto here = place++;
        if (here->second.round == 0 || here->second.round == round) continue;
        gone.push_back(here->first);
        erase(here);
    }
    return gone;
}

void Records::wrote(const DeviceId& id, std::string text) {
    const std::lock_guard lock(mutex_);
    const auto found = known_.find(id);
    if (found == known_.end() || !found->second.answer) return;
    const auto before = cost(id, found->second.answer);
    found->second.answer->text = std::move(text);
    found->second.answer->version.clear();
    add_bytes(cost(id, found->second.answer), before);
}

void Records::forget(const DeviceId& id) {
    const std::lock_guard lock(mutex_);
    if (const auto found = known_.find(id); found != known_.end()) erase(found);
}

std::size_t Records::cost(const DeviceId& id, const Answer& answer) {
    const auto size = answer ? answer->text.size() + answer->name.size() + answer->version.size()
                             : answer.error().text.size();
    return overhead + id.application.size() + id.device.size() + size;
}

void Records::set(Map::iterator place, Answer answer, Instant now) {
    const auto before = cost(place->first, place->second.answer);
    place->second.until = now + (answer ? rules_.age : rules_.missing_age);
    place->second.answer = std::move(answer);
    add_bytes(cost(place->first, place->second.answer), before);
}

void Records::insert(const DeviceId& id, const Answer& answer, std::uint64_t round, Instant now) {
    const auto until = now + (answer ? rules_.age : rules_.missing_age);
    const auto place = known_.emplace(id, Known{answer, until, round}).first;
    uses_.push_front(&place->first);
    place->second.use = uses_.begin();
    metrics_.records.add();
    add_bytes(cost(id, answer), 0);
    make_room();
}

void Records::erase(Map::iterator place) {
    add_bytes(0, cost(place->first, place->second.answer));
    metrics_.records.add(-1);
    uses_.erase(place->second.use);
    known_.erase(place);
}

void Records::add_bytes(std::size_t more, std::size_t less) {
    bytes_ = bytes_ + more - less;
    metrics_.record_bytes.set(static_cast<std::int64_t>(bytes_));
}

void Records::make_room() {
    while (bytes_ > rules_.bytes_max && uses_.size() > 1) erase(known_.find(*uses_.back()));
}

}  // namespace ajour::drogue_registry
