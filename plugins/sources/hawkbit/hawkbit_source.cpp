// SPDX-License-Identifier: Apache-2.0
#include "hawkbit_source.hpp"

#include "answer.hpp"
#include "read_settings.hpp"

#include <algorithm>
#include <ctime>

namespace ajour::hawkbit {

using sdk::Error;
using sdk::ErrorKind;
using sdk::Result;

namespace {

constexpr std::chrono::milliseconds Quiet{200}, Busy{5};
constexpr std::size_t LongestVersion = 255;

Instant now() {
    return std::chrono::steady_clock::now();
}

/// It tells hawkBit what is installed. We hear of it before the host asks with the new version.
void note_success(Controller& controller, const Action& action) {
    if (action.phase != Phase::Succeeded) return;
    controller.running = action.chosen.version;
    controller.installed_told = action.chosen.version;
}

}  // namespace

HawkbitSource::HawkbitSource(sdk::Host& host)
    : world_(host, read_settings(host.settings())),
      downloads_(world_),
      post_(world_),
      pollers_([this](std::size_t connection) { return visit_next(connection); }) {}

sdk::SourceTraits HawkbitSource::traits() {
    return {{"hawkbit"}, true, true, std::max<std::size_t>(world_.tenants.size(), 1)};
}

std::size_t HawkbitSource::upstream_of(const sdk::Target& target) {
    const auto connection = connection_of(world_.options, target);
    return connection ? *connection : 0;
}

Result<void> HawkbitSource::start() {
    if (world_.tenants.empty()) return {};
    auto opened =
        Store::open(world_.host.state_directory() / "hawkbit.sqlite", world_.options.outbox_max);
    if (!opened) return opened.error();
    world_.store = std::move(*opened);
    if (auto restored = restore(); !restored) return restored;
    pollers_.start(world_.tenants.size(), world_.options.polls_max);
    return {};
}

void HawkbitSource::stop() {
    for (const auto& tenant : world_.tenants) tenant->stop();
    pollers_.stop();
}

void HawkbitSource::hear_of(Controller& controller, const sdk::ResolveRequest& request) {
    bool changed = false, stale = false;
    {
        const std::lock_guard lock(controller.mutex);
        const bool first = controller.heard_at == Instant{};
        controller.heard_at = now();
        const auto& running = request.current_version;
        if (!running.empty() && running.size() <= LongestVersion && running != controller.running) {
            controller.running = running;
            changed = true;
        }
        changed = changed || controller.labels != request.labels;
        controller.labels = request.labels;
        const auto* action = controller.action.get();
        stale = action != nullptr && action->is_open() &&
                (first || is_stale(controller, world_.options, now()));
    }
    if (changed || stale) world_.controllers.hasten(controller, now());
}

Result<sdk::Resolution> HawkbitSource::resolve(const sdk::ResolveRequest& request) {
    const auto place = place_of(world_.options, request.target, request.device);
    if (!place) return place.error();
    const auto controller = controller_of(*place, request.device);
    if (!controller) return controller.error();
    auto& known = **controller;
    hear_of(known, request);
    visit_if_unknown(known);
    believe(known, request.current_version);
    give_up_on_bad_image(known);
    auto& tenant = world_.tenant_of(known);
    const auto problem = tenant.problem();
    const std::lock_guard lock(known.mutex);
    auto answer = answer_for(known, world_.options, world_.images, problem, now());
    if (auto* action = known.action.get(); action != nullptr && action->is_open() &&
                                           known.given_permit == sdk::Permit::Swap &&
                                           !action->swap_permitted) {
        action->swap_permitted = true;
        world_.save(known);
    }
    return answer;
}

/// A device that ran it all along, or whose image cannot be fetched, gives no event.
void HawkbitSource::believe(Controller& controller, const std::string& running) {
    constexpr std::chrono::seconds event_comes_within{3};
    const std::lock_guard lock(controller.mutex);
    auto* action = controller.action.get();
    auto& since = controller.runs_since;
    const bool runs = action != nullptr && action->phase != Phase::Succeeded && !running.empty() &&
                      running == action->chosen.version;
    if (!runs) {
        if (!running.empty()) since = {};
        return;
    }
    if (since == Instant{}) since = now();
    if (now() < since + event_comes_within) return;
    const auto note = succeed(*action);
    if (!note) return;
    note_success(controller, *action);
    world_.save(controller, {world_.letter(controller, action->id, *note)});
}

void HawkbitSource::give_up_on_bad_image(Controller& controller) {
    const std::lock_guard lock(controller.mutex);
    auto* action = controller.action.get();
    if (action == nullptr || !action->is_open()) return;
    const auto trouble = world_.images.trouble(action->chosen, now());
    if (!trouble || trouble->tries < world_.options.fetch_tries) return;
    const auto note = fail(*action, ImageUnverified, trouble->why);
    if (note) world_.save(controller, {world_.letter(controller, action->id, *note)});
}

/// The controller whose open action an origin names.
std::shared_ptr<Controller> HawkbitSource::controller_of(const std::string& origin,
                                                         Chosen& chosen) {
    const auto first = origin.find('\n'), last = origin.rfind('\n');
    if (first == std::string::npos || last == first) return nullptr;
    std::size_t connection = 0;
    while (connection < world_.tenants.size() &&
           std::to_string(connection) != origin.substr(0, first)) {
        ++connection;
    }
    auto found = world_.controllers.find(connection, origin.substr(first + 1, last - first - 1));
    if (!found) return nullptr;
    const std::lock_guard lock(found->mutex);
    const auto* action = found->action.get();
    if (action == nullptr || action->id != origin.substr(last + 1)) return nullptr;
    if (!action->is_open()) {
        found->image_lost = true;
        return nullptr;
    }
    chosen = action->chosen;
    return found;
}

void HawkbitSource::note_download(Controller& controller, std::uint64_t from, bool led_nowhere) {
    {
        const std::lock_guard lock(controller.mutex);
        auto* action = controller.action.get();
        if (action == nullptr) return;
        action->reread = led_nowhere && may_read_again(*action, world_.options.budget);
        const bool costs_a_row =
            from == 0 && !led_nowhere && world_.tenant_of(controller).owns(action->chosen.url);
        if (costs_a_row) count_download(*action);
        world_.save(controller);
    }
    if (led_nowhere) world_.controllers.hasten(controller, now());
}

Result<void> HawkbitSource::fetch(const sdk::Offer& offer, sdk::ByteSink& sink,
                                  std::uint64_t from) {
    Chosen chosen;
    const auto controller = controller_of(offer.origin, chosen);
    if (!controller) {
        return Error{ErrorKind::NotFound, "hawkBit's action " + offer.assignment +
                                              " is over, and so is the right to its image"};
    }
    auto outcome =
        downloads_.stream(offer.origin, world_.tenant_of(*controller), chosen, sink, from);
    note_download(*controller, from, outcome.led_nowhere);
    return outcome.result;
}

Result<void> HawkbitSource::observe(const sdk::Observation& observation) {
    const auto place = place_of(world_.options, observation.target, observation.device);
    if (!place) return place.error();
    const auto controller = world_.controllers.find(place->connection, place->controller);
    if (!controller || controller->device != observation.device) return {};
    const std::lock_guard lock(controller->mutex);
    auto* action = controller->action.get();
    if (action == nullptr || action->id != observation.assignment) return {};
    std::vector<Letter> letters;
    for (const auto& note : hear(*action, observation, controller->running, std::time(nullptr),
                                 world_.options.budget)) {
        letters.push_back(world_.letter(*controller, action->id, note));
    }
    if (!letters.empty()) note_success(*controller, *action);
    world_.save(*controller, letters);
    return {};
}

std::chrono::milliseconds HawkbitSource::interval() {
    return busy_ ? Busy : Quiet;
}

Result<void> HawkbitSource::tend() {
    busy_ = false;
    if (!world_.store) return {};
    wake_pollers();
    const auto sent = post_.send_due();
    busy_ = sent && *sent;
    return sent ? Result<void>() : Result<void>(sent.error());
}

}  // namespace ajour::hawkbit
