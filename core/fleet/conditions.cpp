// SPDX-License-Identifier: Apache-2.0
#include "fleet/conditions.hpp"

#include "fleet/progress_text.hpp"
#include "json/json.hpp"

#include <string_view>

namespace ajour::fleet {

using sdk::Condition;
using update::Cause;

namespace {

constexpr std::size_t stock_version_max = 16;  // heapless::Vec<u8, 16> of embedded-update

bool is_utf8(std::string_view text) {
    try {
        (void)Json(text).dump();
        return true;
    } catch (const Json::exception&) {
        return false;
    }
}

std::string shown(const std::string& version) {
    return version.empty() || !is_utf8(version) ? "Unknown" : version;
}

std::string_view explanation_of(Cause cause) {
    switch (cause) {
        case Cause::NoTarget:
            return "no firmware is configured for the device or its application";
        case Cause::NothingToDo:
            return "the source has nothing for the device now";
        case Cause::NotReady:
            return "the release is being resolved or fetched";
        case Cause::SourceFailed:
            return "the source failed";
        case Cause::RegistryFailed:
            return "the registry failed";
        case Cause::Withdrawn:
            return "the release was withdrawn";
        case Cause::NotPermitted:
            return "the source does not permit the next step now";
        case Cause::MustRestart:
            return "the device holds bytes that it was never served: it must restart and begin at "
                   "0";
        case Cause::Reverted:
            return "the device came back from the swap with its old version twice; it is not "
                   "offered again";
        case Cause::NoRoom:
            return "the device's link cannot carry a block";
        case Cause::TooManyTargets:
            return "as many targets are in use as firmware.targets.max allows";
    }
    return "";
}

/// A standing that came after the device was told to wait has another reason.
bool explains(const firmware::Standing* standing, Cause cause) {
    return standing != nullptr && !standing->image && standing->absent == cause &&
           !standing->problem.empty();
}

/// In words that stay while it lasts, for each change of them costs a registry a request.
Condition without_air_time(Condition condition) {
    condition.reason = "NoAirTime";
    condition.message = "a command for it takes more air time than an hour has for it";
    return condition;
}

Condition in_sync(const Reported& reported, const Circumstances& now) {
    Condition condition{"InSync", Condition::Status::False, {}, {}, {}};
    if (reported.in_sync) condition.status = Condition::Status::True;
    if (reported.updating && now.forecast.never_ends()) return without_air_time(condition);
    if (!reported.waiting) return condition;
    if (reported.cause == Cause::NoTarget && now.problem.empty())
        condition.status = Condition::Status::Unknown;
    condition.reason = update::text_of(reported.cause);
    condition.message = explanation_of(reported.cause);
    const auto& detail =
        explains(now.standing, reported.cause) ? now.standing->problem : now.problem;
    if (!detail.empty()) condition.message.append(": ").append(detail);
    return condition;
}

/// Why the next block does not come; empty: it is on its way, as far as is known.
std::string hindrance_of(const Forecast& forecast) {
    if (forecast.delay) return forecast.delay->rest ? "WaitsForAirTime" : "NoAirTime";
    return forecast.drop ? "NotSent" : "";
}

Condition progress(const Reported& reported, const Forecast& forecast, Moment at) {
    return {"UpdateProgress",
            Condition::Status::Unknown,
            hindrance_of(forecast),
            progress_text(reported.offset, reported.size, forecast, at),
            {}};
}

/// Why nothing has taken the place of the release that the device goes on with.
void explain_finishing(std::vector<Condition>& conditions, const firmware::Standing* standing,
                       const std::string& problem) {
    const auto& why = standing != nullptr ? standing->problem : problem;
    if (why.empty()) return;
    conditions.push_back({"SourceFailed",
                          Condition::Status::True,
                          "BegunRelease",
                          "the device finishes the release that it has begun: " + why,
                          {}});
}

void warn(std::vector<Condition>& conditions, const Reported& reported,
          const firmware::Standing* standing, const std::string& problem) {
    if (reported.target.size() > stock_version_max) {
        conditions.push_back({"Warning",
                              Condition::Status::True,
                              "VersionTooLong",
                              "the target's version has " + std::to_string(reported.target.size()) +
                                  " bytes; stock devices hold at most 16",
                              {}});
    }
    if (standing == nullptr || !standing->image) {
        if (reported.finishing && !reported.waiting)
            explain_finishing(conditions, standing, problem);
        return;
    }
    if (!standing->warning.empty()) {
        conditions.push_back(
            {"SourceWarning", Condition::Status::True, "Source", standing->warning, {}});
    }
    if (!standing->problem.empty()) {
        conditions.push_back({"SourceFailed",
                              Condition::Status::True,
                              "LastGoodRelease",
                              "the last good release is served: " + standing->problem,
                              {}});
    }
}

}  // namespace

sdk::Report make_report(const sdk::DeviceId& device, const Reported& reported,
                        const Circumstances& now, Moment at) {
    sdk::Report report{device, shown(reported.running), shown(reported.target), {}};
    report.conditions.push_back(in_sync(reported, now));
    if (reported.updating) report.conditions.push_back(progress(reported, now.forecast, at));
    warn(report.conditions, reported, now.standing, now.problem);
    for (auto& condition : report.conditions) condition.at = at;
    return report;
}

}  // namespace ajour::fleet
