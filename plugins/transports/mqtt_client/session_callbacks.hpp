// SPDX-License-Identifier: Apache-2.0
// What libmosquitto calls while a session takes its turn. Nothing here throws through it.
#pragma once

#include "session.hpp"

#include <mosquitto.h>

namespace ajour::mqtt_client {

struct Session::Callbacks {
    static void set(mosquitto* handle) noexcept;

private:
    static void connected(mosquitto*, void* session, int reason, int flags,
                          const mosquitto_property* properties) noexcept;
    static void subscribed(mosquitto*, void* session, int message, int count,
                           const int* granted) noexcept;
    static void received(mosquitto*, void* session, const mosquitto_message* message,
                         const mosquitto_property* properties) noexcept;
    static void published(mosquitto*, void* session, int message, int reason,
                          const mosquitto_property* properties) noexcept;
    static void disconnected(mosquitto*, void* session, int reason,
                             const mosquitto_property* properties) noexcept;
    static void logged(mosquitto*, void* session, int level, const char* text) noexcept;

    static void begin(Session& session);
};

}  // namespace ajour::mqtt_client
