// SPDX-License-Identifier: Apache-2.0
// What is remembered of one device and its target in hawkBit.
#pragma once

#include <ajour/sdk/device.hpp>

#include "action.hpp"

#include <chrono>
#include <cstddef>
#include <map>
#include <memory>
#include <mutex>
#include <optional>
#include <string>

namespace ajour::hawkbit {

using Instant = std::chrono::steady_clock::time_point;

/// hawkBit wants an action to end; it is told when the host can no longer go by an older answer.
struct Cancellation {
    std::string action;
    Instant answer_at{};
    bool answered = false;
};

struct Controller {
    Controller(std::size_t at, std::string name, sdk::DeviceId its_device)
        : connection(at), id(std::move(name)), device(std::move(its_device)) {}

    const std::size_t connection;
    const std::string id;
    const sdk::DeviceId device;

    std::mutex mutex;  // guards all below

    // what the host told
    std::map<std::string, std::string> labels;
    std::string running;  ///< version
    const Instant known_since = std::chrono::steady_clock::now();
    Instant heard_at{};  ///< last asked for; the epoch: not in this life

    Instant runs_since{};  ///< it was first heard to run what the open action brings; the epoch: no

    // what the host was told last
    std::string given_action;
    sdk::Permit given_permit = sdk::Permit::Nothing;
    Instant permitted_at{};  ///< when it was last permitted anything

    // polling; `etag` and what follows it belong to the visit that runs
    bool asked = false;  ///< hawkBit answered in this life
    Instant asked_at{};
    std::string problem;  ///< why the last visit failed
    unsigned failures = 0;
    bool told_an_end = false;  ///< so the next answer matters even if it is the same as the last
    std::string etag;
    std::chrono::seconds sleep{300};
    bool wants_attributes = false;

    // what survives a restart, see controller_record.hpp
    std::unique_ptr<Action> action;
    std::optional<Cancellation> cancellation;
    std::string waiting_confirmation;  ///< an action's id
    std::string confirmation_told;     ///< the id of the one that was answered
    std::string attributes_told;       ///< stands for what hawkBit was told
    std::string installed_told;        ///< version

    bool image_lost = false;  ///< of an action that is over, so that it is not offered any more

    bool is_known() const { return asked || action != nullptr; }
};

}  // namespace ajour::hawkbit
