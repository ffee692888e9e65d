// SPDX-License-Identifier: Apache-2.0
#include "app/periodic_work.hpp"

#include <utility>

namespace ajour::app {

void PeriodicWork::add(std::string plugin, sdk::PeriodicPort* port, work::Crew& crew) {
    if (port == nullptr) return;
    auto& job = jobs_.emplace_back();
    job.plugin = std::move(plugin);
    job.port = port;
    job.crew = &crew;
    job.due = clock_.now() + port->try_interval();
}

void PeriodicWork::post_due() {
    for (auto& job : jobs_) {
        if (clock_.now() < job.due.load() || job.running.exchange(true)) continue;
        if (!job.crew->post([this, &job] { tend(job); })) job.running = false;
    }
}

void PeriodicWork::tend(Job& job) {
    const auto tended = job.port->try_tend();
    if (!tended) complain_(job.plugin, tended.error().text);
    job.due = clock_.now() + job.port->try_interval();
    job.running = false;
}

}  // namespace ajour::app
