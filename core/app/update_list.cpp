// SPDX-License-Identifier: Apache-2.0
#include "app/update_list.hpp"

#include "fleet/progress_text.hpp"

namespace ajour::app {

using fleet::Forecast;

Json update_json(const fleet::Update& update, fleet::Moment at) {
    const auto& forecast = update.forecast;
    Json shown = {{"device", update.device},
                  {"offset", update.offset},
                  {"size", update.size},
                  {"blocksLeft", forecast.blocks},
                  {"note", fleet::pace_text(forecast, at)}};
    if (forecast.by != Forecast::By::Unknown) {
        shown["secondsPerBlock"] = static_cast<double>(forecast.each.count()) / 1000;
        shown["pace"] = forecast.by == Forecast::By::Budget ? "air time" : "seen";
    }
    if (forecast.rest) shown["end"] = fleet::time_text(at + *forecast.rest);
    if (forecast.drop) shown["unsent"] = fleet::text_of(*forecast.drop);
    if (!forecast.delay) return shown;
    shown["waitsFor"] = "air time of " + std::string(fleet::text_of(forecast.delay->share));
    if (forecast.delay->rest) shown["waitsUntil"] = fleet::time_text(at + *forecast.delay->rest);
    return shown;
}

std::function<std::optional<Json>()> list_updates(const fleet::Fleet& fleet,
                                                  const std::string& application) {
    return [&fleet, application, walk = fleet::Fleet::Walk()]() mutable -> std::optional<Json> {
        if (walk.ended) return std::nullopt;
        auto shown = Json::array();
        const auto at = std::chrono::system_clock::now();
        for (const auto& update : fleet.next_updates(application, walk)) {
            shown.push_back(update_json(update, at));
        }
        return shown;
    };
}

}  // namespace ajour::app
