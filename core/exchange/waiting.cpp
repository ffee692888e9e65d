// SPDX-License-Identifier: Apache-2.0
// The turn that must wait: it is parked in its device's lane while the registry says who it is and
// the source what it should run, then it runs like any other. Who waits for too long is told to
// wait.
#include "exchange/exchange.hpp"

namespace ajour::exchange {

using sdk::ErrorKind;
using update::Cause;

namespace {

bool is_final(ErrorKind kind) {
    return kind == ErrorKind::Refused || kind == ErrorKind::NotFound;
}

}  // namespace

void Exchange::park(const Asked& asked, const Verdict& verdict, sdk::Reply& reply) {
    if (hurried_) return wait(Cause::NotReady, asked.status, reply);
    const bool unknown = verdict.outcome == Verdict::Outcome::NotAdmitted;
    if (unknown && brake_.stops(asked.message.peer) && !parts_.fleet.has_admitted(asked.message)) {
        counts_.throttled.add();
        return reply.refuse(ErrorKind::Throttled);
    }
    auto later = reply.later();
    if (!later) return reply.refuse(ErrorKind::Full);
    const auto parked = std::make_shared<Parked>(asked.message, asked.status, std::move(later),
                                                 parts_.clock.now() + limits_.patience);
    counts_.parked.add();
    const auto place = lanes_.join(parked);
    if (place == Lanes::Place::None) {
        counts_.full.add();
        return parked->reply().refuse(ErrorKind::Full);
    }
    if (place == Lanes::Place::First) prepare(parked);
}

void Exchange::prepare(const std::shared_ptr<Parked>& parked) {
    if (parts_.registry_crew.post([this, parked] { admit(parked); })) return;
    refuse_or_wait(parked, {ErrorKind::Full, "too many questions to the registry wait"});
}

void Exchange::admit(const std::shared_ptr<Parked>& parked) {
    if (parked->is_answered()) return;
    const auto device = parked->device();
    const auto message = parked->message();
    const auto verdict = decide(device, {message, parked->status(), false});
    if (verdict.outcome != Verdict::Outcome::NotAdmitted)
        return await_supply(parked, device, verdict);
    const auto admitted = parts_.fleet.admit(message);
    if (!admitted) return refuse_or_wait(parked, admitted.error());
    go_on(parked, *admitted);
}

void Exchange::refuse_or_wait(const std::shared_ptr<Parked>& parked, const sdk::Error& error) {
    if (!parked->claim_answer()) return;
    if (is_final(error.kind)) {
        refuse(error.kind, parked->message().peer, parked->reply());
    } else {
        wait(Cause::RegistryFailed, parked->status(), parked->reply());
    }
    leave(parked);
}

void Exchange::go_on(const std::shared_ptr<Parked>& parked, const sdk::DeviceId& device) {
    const auto message = parked->message();
    await_supply(parked, device, decide(device, {message, parked->status(), false}));
}

void Exchange::await_supply(const std::shared_ptr<Parked>& parked, const sdk::DeviceId& device,
                            Verdict verdict) {
    if (verdict.outcome == Verdict::Outcome::NotLoaded) {
        parts_.catalog.load(verdict.flight);
        const auto message = parked->message();
        verdict = decide(device, {message, parked->status(), false});
    }
    if (verdict.outcome == Verdict::Outcome::Decided) {
        if (!parked->claim_answer()) return;
        answer(verdict, parked->status(), parked->reply());
        return leave(parked);
    }
    const bool waits =
        verdict.outcome == Verdict::Outcome::NotSupplied &&
        verdict.supply->when_settled([this, parked, device] { finish(parked, device); },
                                     limits_.lanes.waiting);
    if (!waits) finish(parked, device);
}

void Exchange::finish(const std::shared_ptr<Parked>& parked, const sdk::DeviceId& device) {
    if (!parked->claim_answer()) return;
    const auto message = parked->message();
    auto verdict = decide(device, {message, parked->status(), false});
    if (verdict.outcome == Verdict::Outcome::NotLoaded) parts_.catalog.load(verdict.flight);
    if (verdict.outcome != Verdict::Outcome::Decided) {
        verdict = decide(device, {message, parked->status(), true});
    }
    if (verdict.outcome == Verdict::Outcome::Decided) {
        answer(verdict, parked->status(), parked->reply());
    } else {
        wait(Cause::NotReady, parked->status(), parked->reply());
    }
    leave(parked);
}

void Exchange::leave(const std::shared_ptr<Parked>& parked) {
    if (const auto next = lanes_.leave(parked)) prepare(next);
}

void Exchange::answer_overdue() {
    for (const auto& parked : lanes_.overdue(parts_.clock.now(), hurried_)) {
        if (!parked->claim_answer()) continue;
        wait(Cause::NotReady, parked->status(), parked->reply());
        leave(parked);
    }
}

void Exchange::hurry() {
    hurried_ = true;
    answer_overdue();
}

}  // namespace ajour::exchange
