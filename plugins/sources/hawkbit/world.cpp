// SPDX-License-Identifier: Apache-2.0
#include "world.hpp"

#include "controller_record.hpp"

namespace ajour::hawkbit {

World::World(sdk::Host& its_host, Options read)
    : host(its_host),
      options(std::move(read)),
      metrics(its_host),
      controllers(options.controllers_max) {
    for (const auto& connection : options.connections) {
        tenants.push_back(std::make_unique<Tenant>(connection, options, metrics));
    }
}

void World::save(const Controller& controller, const std::vector<Letter>& letters) {
    if (!store) return;
    const auto& connection = options.connections[controller.connection].name;
    const auto dropped = store->save({connection, controller.id, controller.device.application,
                                      controller.device.device, record_of(controller)},
                                     letters);
    if (!dropped) return host.log(sdk::LogLevel::Error, dropped.error().text);
    if (*dropped == 0) return;
    metrics.letters_dropped.add(static_cast<std::int64_t>(*dropped));
    host.log(sdk::LogLevel::Warning,
             "the outbox is full: reports of progress were dropped (source.hawkbit.outbox.max)");
}

Letter World::letter(const Controller& controller, const std::string& action, const Note& note,
                     const char* to) const {
    Letter letter;
    letter.connection = options.connections[controller.connection].name;
    letter.controller = controller.id;
    letter.action = action;
    letter.path = std::string(to) + "/" + action + "/feedback";
    letter.body = feedback_body(action, note);
    const bool rejects = std::string_view(note.execution) == "rejected";
    letter.weight = note.is_final() || rejects ? Letter::Weight::Final
                    : note.percent             ? Letter::Weight::Progress
                                               : Letter::Weight::Step;
    return letter;
}

}  // namespace ajour::hawkbit
