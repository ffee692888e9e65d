// SPDX-License-Identifier: Apache-2.0
#include "exchange/parked.hpp"

#include <utility>

namespace ajour::exchange {

Parked::Parked(const sdk::Message& message, const protocol::Status& status,
               std::unique_ptr<sdk::Reply> reply, work::Instant deadline)
    : application_(message.device.application),
      device_(message.device.device),
      sender_application_(message.sender.application),
      sender_(message.sender.device),
      username_(message.credential.username),
      secret_(message.credential.secret),
      peer_(message.peer),
      kind_(message.credential.kind),
      room_(message.room),
      pace_(message.pace),
      status_(status),
      reply_(std::move(reply)),
      deadline_(deadline) {}

sdk::Message Parked::message() const noexcept {
    return {{application_, device_},
            {sender_application_, sender_},
            {kind_, username_, secret_},
            {},
            room_,
            peer_,
            pace_};
}

}  // namespace ajour::exchange
