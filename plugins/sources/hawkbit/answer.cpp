// SPDX-License-Identifier: Apache-2.0
#include "answer.hpp"

namespace ajour::hawkbit {

using sdk::Error;
using sdk::ErrorKind;
using sdk::NotYet;
using sdk::Offer;
using sdk::Permit;
using sdk::Resolution;
using sdk::Result;

namespace {

constexpr std::chrono::seconds Soon{2}, Later{30};

/// One answer, from what is known of one controller.
class Answer {
public:
    Answer(Controller& controller, const Options& options, Images& images,
           const std::string& tenant_problem, Instant now)
        : controller_(controller),
          options_(options),
          images_(images),
          problem_(controller.problem.empty() ? tenant_problem : controller.problem),
          now_(now) {}

    Result<Resolution> give() {
        if (!controller_.is_known()) return unknown();
        if (is_to_be_taken_back()) return take_back();
        const auto* action = controller_.action.get();
        if (action != nullptr && action->is_open()) return of_open(*action);
        return of_idle();
    }

private:
    Result<Resolution> unknown() const {
        if (!problem_.empty()) return Error{ErrorKind::Unavailable, problem_};
        return Resolution(NotYet{Soon, "hawkBit has not been asked after the device yet"});
    }

    /// The host goes on by its last answer when it is given an error, so what is not permitted any
    /// more has to be taken back before.
    bool is_to_be_taken_back() const {
        if (controller_.given_permit == Permit::Nothing || is_brought()) return false;
        const auto* action = controller_.action.get();
        return action == nullptr || !action->is_open() || action->id != controller_.given_action;
    }
    Result<Resolution> take_back() {
        controller_.given_permit = Permit::Nothing;
        return Resolution(sdk::Nothing{});
    }

    Result<Resolution> of_open(const Action& action) {
        if (const auto trouble = images_.trouble(action.chosen, now_);
            trouble && now_ < trouble->until) {
            return Error{ErrorKind::Unavailable, trouble->why};
        }
        // Without SHA-256 the host would fetch it for each device; it is fetched for one.
        if (!images_.sha256(action.chosen) && !images_.claim_measuring(action.chosen, now_)) {
            return Resolution(NotYet{Soon, "the image is being fetched for another device"});
        }
        return Resolution(offer(action, permit_now(action)));
    }

    Permit permit_now(const Action& action) const {
        const auto& cancellation = controller_.cancellation;
        const bool ends =
            cancellation && cancellation->action == action.id && !cancellation->answered;
        const bool unsure = action.windowed && is_stale(controller_, options_, now_);
        return ends || unsure ? Permit::Nothing : action.permit;
    }

    Offer offer(const Action& action, Permit permit) {
        Offer offer;
        offer.version = action.chosen.version;
        offer.size = action.chosen.size;
        offer.sha256 = images_.sha256(action.chosen);
        offer.origin = origin_of(controller_, action);
        offer.permit = permit;
        offer.assignment = action.id;
        offer.warning = problem_;
        offer.fresh_for = options_.fresh;
        controller_.given_permit = permit;
        controller_.given_action = action.id;
        if (permit != Permit::Nothing) controller_.permitted_at = now_;
        return offer;
    }

    /// What it runs already goes on being its target, so that it is in sync.
    bool is_brought() const {
        const auto* action = controller_.action.get();
        return action != nullptr && action->phase == Phase::Succeeded && !controller_.image_lost &&
               action->chosen.version == controller_.running && images_.sha256(action->chosen);
    }

    Result<Resolution> of_idle() {
        if (is_brought()) return Resolution(offer(*controller_.action, Permit::Nothing));
        if (!problem_.empty()) return Error{ErrorKind::Unavailable, problem_};
        if (!controller_.waiting_confirmation.empty()) {
            return Resolution(NotYet{Later, "hawkBit waits for action " +
                                                controller_.waiting_confirmation +
                                                " to be confirmed"});
        }
        const auto* action = controller_.action.get();
        if (action != nullptr && action->phase == Phase::Failed) {
            return Error{ErrorKind::Mismatch, "action " + action->id + " failed: " + action->why};
        }
        return Resolution(sdk::Nothing{});
    }

    Controller& controller_;
    const Options& options_;
    Images& images_;
    const std::string problem_;
    const Instant now_;
};

}  // namespace

std::string origin_of(const Controller& controller, const Action& action) {
    return std::to_string(controller.connection) + "\n" + controller.id + "\n" + action.id;
}

bool is_stale(const Controller& controller, const Options& options, Instant now) {
    return !controller.asked || now > controller.asked_at + 2 * options.poll_active;
}

Result<Resolution> answer_for(Controller& controller, const Options& options, Images& images,
                              const std::string& tenant_problem, Instant now) {
    return Answer(controller, options, images, tenant_problem, now).give();
}

}  // namespace ajour::hawkbit
