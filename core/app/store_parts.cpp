// SPDX-License-Identifier: Apache-2.0
#include "app/store_parts.hpp"

#include "app/or_throw.hpp"

namespace ajour::app {

namespace {

std::unique_ptr<store::Database> open_database(const StateDirectory& state,
                                               const settings::Section& host) {
    const auto configured = host.text("store.file");
    const auto file =
        configured.empty() ? state.path() / "ajour.db" : std::filesystem::path(configured);
    return or_throw(store::Database::open(file), "opening the store");
}

}  // namespace

StoreParts::StoreParts(const StateDirectory& state, const settings::Section& host)
    : database(open_database(state, host)),
      objects(*database),
      registry(*database, objects),
      tokens(or_throw(store::Tokens::load(*database), "loading the admin tokens")),
      withdrawn(or_throw(store::Withdrawn::load(*database), "loading the withdrawn releases")),
      flights(*database, host.integer("fleet.devices.max")),
      made_first_token(or_throw(tokens->ensure_first(state.path() / "admin.token"),
                                "making the first admin token")),
      made_broker_token(
          or_throw(tokens->ensure_first(state.path() / "broker.token", store::Scope::Broker),
                   "making the first token of a broker")) {}

}  // namespace ajour::app
