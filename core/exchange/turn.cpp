// SPDX-License-Identifier: Apache-2.0
#include "exchange/turn.hpp"

#include "protocol/write_room.hpp"

#include <algorithm>
#include <functional>
#include <string_view>
#include <utility>

namespace ajour::exchange {

using update::Cause;

namespace {

update::Claim claim_of(const protocol::Status& status) {
    update::Claim claim;
    claim.running = status.version.text();
    claim.mtu = status.mtu;
    if (status.update) {
        claim.writing = status.update->version.text();
        claim.offset = status.update->offset;
    }
    return claim;
}

/// Of a block of that version, for the link that the status came by.
std::optional<update::Room> room_for(const TurnInput& input, std::string_view version) {
    if (input.room == 0) return std::nullopt;
    const auto& update = input.status.update;
    protocol::Write write{sdk::bytes_of(version), input.status.correlation_id, 0, {}};
    update::Room room;
    room.at_start = protocol::most_data(write, input.room);
    write.offset = update ? update->offset : 0;
    room.at_offset = protocol::most_data(write, input.room);
    return room;
}

/// Whether the device is half way through an image that is not the one it should run.
bool is_on_another_flight(const update::Flight& flight, const update::Claim& claim,
                          const firmware::Standing* standing) {
    if (flight.version.empty() || claim.writing != std::string_view(flight.version)) return false;
    return standing == nullptr || !standing->image || !flight.is_of(standing->image->sha256());
}

void explain_absence(update::Situation& situation, const fleet::Device& device,
                     const firmware::Standing* standing) {
    if (!device.supply) {
        situation.absent = device.crowded_out ? Cause::TooManyTargets : Cause::NoTarget;
    } else if (standing != nullptr) {
        situation.absent = standing->absent;
        situation.retry = standing->retry;
    }
}

/// Copies only what differs, so that an unchanged state costs no allocation.
template <typename Field, typename Value>
bool assign(Field& field, const Value& value) {
    if (field == value) return false;
    field = value;
    return true;
}

struct Progress {
    std::uint32_t offset = 0, size = 0;
    bool updating = false;
};

Progress progress_of(const update::Step& step, const update::Claim& claim, const Verdict& verdict) {
    const auto size = verdict.image ? static_cast<std::uint32_t>(verdict.image->bytes().size()) : 0;
    if (const auto* block = std::get_if<update::NeedBlock>(&step))
        return {block->offset, size, true};
    if (std::holds_alternative<update::Complete>(step)) return {size, size, true};
    const bool waits_half_way = std::holds_alternative<update::Later>(step) && size > 0 &&
                                claim.writing == verdict.version.text();
    return waits_half_way ? Progress{std::min(claim.offset, size), size, true} : Progress{};
}

/// Differs when what the source says beside its release does.
std::uint32_t stand_in_for_remarks(const firmware::Standing* standing) {
    if (standing == nullptr || (standing->problem.empty() && standing->warning.empty())) return 0;
    const std::hash<std::string_view> hash;
    return static_cast<std::uint32_t>(hash(standing->problem) ^ (hash(standing->warning) << 1));
}

fleet::Advance advance_of(const fleet::Reported& before, const Progress& progress,
                          const update::Step& step) {
    fleet::Advance advance;
    if (const auto* block = std::get_if<update::NeedBlock>(&step)) advance.block = block->length;
    advance.goes_on = advance.block > 0 || std::holds_alternative<update::Complete>(step);
    const bool goes_on = before.updating && progress.updating && before.size == progress.size;
    if (goes_on) advance.gained = std::int64_t{progress.offset} - before.offset;
    return advance;
}

bool record(fleet::Reported& reported, const update::Claim& claim, const Verdict& verdict) {
    const auto* standing = verdict.standing.get();
    const bool has_image = standing != nullptr && standing->image;
    const auto* later = std::get_if<update::Later>(&verdict.step);
    const auto progress = progress_of(verdict.step, claim, verdict);
    const auto target =
        has_image ? std::string_view(standing->release.version) : std::string_view();
    bool changed = assign(reported.running, claim.running);
    changed |= assign(reported.target, target);
    changed |= assign(reported.offset, progress.offset);
    changed |= assign(reported.size, progress.size);
    changed |= assign(reported.updating, progress.updating);
    changed |= assign(reported.in_sync, std::holds_alternative<update::InSync>(verdict.step));
    changed |= assign(reported.waiting, later != nullptr);
    if (later != nullptr) changed |= assign(reported.cause, later->cause);
    changed |= assign(reported.remarks, stand_in_for_remarks(standing));
    changed |= assign(reported.offer, has_image ? standing->stamp : 0);
    changed |= assign(reported.finishing,
                      verdict.image && !(has_image && verdict.image == standing->image));
    return changed;
}

/// Which image the step is about; the target's, also for steps about none.
void choose_image(Verdict& verdict, std::shared_ptr<const firmware::Image> previous,
                  const update::Flight& flight) {
    const auto* block = std::get_if<update::NeedBlock>(&verdict.step);
    const auto* complete = std::get_if<update::Complete>(&verdict.step);
    const bool is_previous = (block != nullptr && block->image == update::Choice::Previous) ||
                             (complete != nullptr && complete->image == update::Choice::Previous);
    if (is_previous) {
        verdict.image = std::move(previous);
        verdict.version = protocol::Version(std::string_view(flight.version));
    } else if (verdict.standing && verdict.standing->image) {
        verdict.image = verdict.standing->image;
        verdict.version = protocol::Version(std::string_view(verdict.standing->release.version));
    }
}

struct FlightMark {
    sdk::Sha256 sha256;
    bool begun, swap_sent;
    std::uint8_t returns;
    explicit FlightMark(const update::Flight& flight)
        : sha256(flight.sha256),
          begun(!flight.version.empty()),
          swap_sent(flight.swap_sent),
          returns(flight.returns) {}
    friend bool operator==(const FlightMark&, const FlightMark&) = default;
};

/// Takes a verdict from what is missing to what is decided, one question a function.
class Turn {
public:
    Turn(fleet::Device& device, const TurnInput& input)
        : device_(device), input_(input), claim_(claim_of(input.status)) {
        verdict_.supply = device.supply;
        if (device.supply) verdict_.standing = device.supply->standing();
    }

    Verdict take() {
        if (lacks_something()) return std::move(verdict_);
        const FlightMark before(device_.flight);
        update::hear(device_.flight, claim_);
        verdict_.outcome = Verdict::Outcome::Decided;
        verdict_.step = update::decide(situation());
        choose_image(verdict_, std::move(previous_), device_.flight);
        follow_step();
        keep_pace();
        verdict_.report_due = record(device_.reported, claim_, verdict_);
        verdict_.flight_due = FlightMark(device_.flight) != before;
        return std::move(verdict_);
    }

private:
    const firmware::Standing* standing() const { return verdict_.standing.get(); }
    bool has_image() const { return standing() != nullptr && standing()->image; }

    bool permit_holds() const { return input_.now < standing()->permit_ends; }
    sdk::Permit permit() const {
        if (standing() == nullptr) return sdk::Permit::Swap;
        return permit_holds() ? standing()->permit : sdk::Permit::Nothing;
    }

    bool lacks_something() {
        if (input_.limits.retarget == update::Retarget::Finish && lacks_previous()) return true;
        if (!lacks_supply() || goes_on_meanwhile()) return false;
        verdict_.outcome = Verdict::Outcome::NotSupplied;
        return true;
    }

    bool lacks_supply() const {
        return standing() != nullptr && !input_.last && (!standing()->asked || !permit_holds());
    }

    /// What a device has begun does not wait until its new target is there.
    bool goes_on_meanwhile() const {
        return previous_ && !standing()->asked && permit() != sdk::Permit::Nothing;
    }

    bool lacks_previous() {
        const auto& flight = device_.flight;
        const bool arrived = claim_.running == flight.version;
        if (arrived || !is_on_another_flight(flight, claim_, standing())) return false;
        previous_ = input_.catalog.find(flight.sha256);
        if (previous_ || input_.last || !input_.catalog.can_load(flight.sha256)) return false;
        verdict_.outcome = Verdict::Outcome::NotLoaded;
        verdict_.flight = flight.sha256;
        return true;
    }

    update::Situation situation() const {
        update::Situation situation;
        situation.claim = claim_;
        situation.limits = input_.limits;
        std::string_view longest;  // of the versions that a block may be of
        if (has_image()) {
            const auto& release = standing()->release;
            situation.target = update::seen_through(device_.flight, release, permit());
            longest = release.version;
        } else {
            explain_absence(situation, device_, standing());
        }
        if (previous_) {
            situation.previous = update::seen_again(device_.flight, permit());
            if (device_.flight.version.size() > longest.size()) longest = device_.flight.version;
        }
        situation.room = room_for(input_, longest);
        return situation;
    }

    void keep_pace() {
        const auto progress = progress_of(verdict_.step, claim_, verdict_);
        auto advance = advance_of(device_.reported, progress, verdict_.step);
        advance.budget = input_.pace;
        fleet::keep_pace(device_.pace, advance, input_.now);
    }

    void follow_step() {
        if (!verdict_.image) return;
        if (has_image() && verdict_.image == standing()->image) {
            update::follow(device_.flight, verdict_.step, standing()->release);
        } else {
            update::follow_again(device_.flight, verdict_.step);
        }
    }

    fleet::Device& device_;
    const TurnInput& input_;
    update::Claim claim_;
    std::shared_ptr<const firmware::Image> previous_;
    Verdict verdict_;
};

}  // namespace

Verdict take_turn(fleet::Device& device, const TurnInput& input) {
    return Turn(device, input).take();
}

}  // namespace ajour::exchange
