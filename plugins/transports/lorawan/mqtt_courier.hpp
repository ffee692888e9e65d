// SPDX-License-Identifier: Apache-2.0
// Downlinks by MQTT: into the outbox of the connection.
#pragma once

#include "courier.hpp"
#include "outbox.hpp"

#include <memory>
#include <utility>

namespace ajour::lorawan {

class MqttCourier final : public Courier {
public:
    explicit MqttCourier(std::shared_ptr<mqtt_client::Outbox> outbox)
        : outbox_(std::move(outbox)) {}

    void send(Letter letter) noexcept override try {
        mqtt_client::Command command;
        command.topic = std::move(letter.target);
        command.payload.assign(letter.body.begin(), letter.body.end());
        outbox_->push(std::move(command));
    } catch (...) {  // without memory its device asks again
    }

private:
    const std::shared_ptr<mqtt_client::Outbox> outbox_;
};

}  // namespace ajour::lorawan
