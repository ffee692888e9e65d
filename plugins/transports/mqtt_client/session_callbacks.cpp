// SPDX-License-Identifier: Apache-2.0
#include "session_callbacks.hpp"

#include <mqtt_protocol.h>

#include <algorithm>
#include <cstdlib>
#include <memory>

namespace ajour::mqtt_client {
namespace {

constexpr int first_failure = 128;  // of MQTT's reason codes
constexpr std::size_t most_user_properties = 64;

struct Free {
    void operator()(void* memory) const noexcept { std::free(memory); }
};
template <typename T>
using Owned = std::unique_ptr<T, Free>;

/// That there is no such user, or that he may not.
bool is_login_refusal(int reason, bool is_version_5) noexcept {
    if (!is_version_5) {
        return reason == CONNACK_REFUSED_BAD_USERNAME_PASSWORD ||
               reason == CONNACK_REFUSED_NOT_AUTHORIZED;
    }
    return reason == MQTT_RC_BAD_USERNAME_OR_PASSWORD || reason == MQTT_RC_NOT_AUTHORIZED;
}

Owned<char> text_of(const mosquitto_property* properties, int identifier) noexcept {
    char* text = nullptr;
    mosquitto_property_read_string(properties, identifier, &text, false);
    return Owned<char>(text);
}

UserProperties user_properties_of(const mosquitto_property* properties) {
    UserProperties found;
    bool skips_first = false;
    while (properties != nullptr && found.size() < most_user_properties) {
        char* name = nullptr;
        char* value = nullptr;
        properties = mosquitto_property_read_string_pair(properties, MQTT_PROP_USER_PROPERTY, &name,
                                                         &value, skips_first);
        const Owned<char> own_name(name);
        const Owned<char> own_value(value);
        if (name != nullptr && value != nullptr) found.emplace_back(name, value);
        skips_first = true;
    }
    return found;
}

struct Correlation {
    Owned<void> data;
    std::uint16_t length = 0;
};

Correlation correlation_of(const mosquitto_property* properties) noexcept {
    void* data = nullptr;
    Correlation correlation;
    mosquitto_property_read_binary(properties, MQTT_PROP_CORRELATION_DATA, &data,
                                   &correlation.length, false);
    correlation.data.reset(data);
    if (data == nullptr) correlation.length = 0;
    return correlation;
}

sdk::ByteView view_of(const void* data, std::size_t length) noexcept {
    return {static_cast<const std::uint8_t*>(data), length};
}

}  // namespace

void Session::Callbacks::set(mosquitto* handle) noexcept {
    mosquitto_connect_v5_callback_set(handle, &connected);
    mosquitto_subscribe_callback_set(handle, &subscribed);
    mosquitto_message_v5_callback_set(handle, &received);
    mosquitto_publish_v5_callback_set(handle, &published);
    mosquitto_disconnect_v5_callback_set(handle, &disconnected);
    mosquitto_log_callback_set(handle, &logged);
}

void Session::Callbacks::connected(mosquitto*, void* session, int reason, int,
                                   const mosquitto_property* properties) noexcept {
    auto& self = *static_cast<Session*>(session);
    self.welcomed_ = true;
    if (reason != 0) {
        const bool is_version_5 = self.plan_.options.speaks_version_5;
        self.login_refused_ = is_login_refusal(reason, is_version_5);
        return self.fail(
            std::string("the broker refuses the connection: ") +
            (is_version_5 ? mosquitto_reason_string(reason) : mosquitto_connack_string(reason)));
    }
    std::uint32_t most = 0;
    mosquitto_property_read_int32(properties, MQTT_PROP_MAXIMUM_PACKET_SIZE, &most, false);
    if (most != 0) self.packet_bytes_ = std::min<std::size_t>(self.packet_bytes_, most);
    if (const auto asked = self.subscribe_to_all(); !asked) self.fail(asked.error().text);
    if (self.asked_.empty() && self.fault_.empty()) begin(self);
}

void Session::Callbacks::subscribed(mosquitto*, void* session, int number, int count,
                                    const int* granted) noexcept {
    auto& self = *static_cast<Session*>(session);
    const auto asked = self.asked_.extract(number);
    if (asked.empty()) return;
    if (count != 1 || granted[0] >= first_failure) {
        const char* why = count == 1 ? mosquitto_reason_string(granted[0]) : "malformed answer";
        if (self.plan_.wishes.needs(asked.mapped())) {
            return self.fail("the broker refuses the subscription to " + asked.mapped() + ": " +
                             why);
        }
        self.listener_.not_granted(asked.mapped(), why);
    }
    if (self.asked_.empty() && !self.ready_) begin(self);
}

void Session::Callbacks::begin(Session& session) {
    session.ready_ = true;
    // libmosquitto puts several lines a message together for whoever listens to its log.
    mosquitto_log_callback_set(session.handle_, nullptr);
    session.complaint_.clear();
    session.announce(session.plan_.wishes.presence.online);
    session.listener_.ready();
}

void Session::Callbacks::received(mosquitto*, void* session, const mosquitto_message* message,
                                  const mosquitto_property* properties) noexcept {
    auto& self = *static_cast<Session*>(session);
    Incoming incoming;
    incoming.topic = message->topic;
    incoming.payload = view_of(message->payload, static_cast<std::size_t>(message->payloadlen));
    incoming.retained = message->retain;
    if (properties == nullptr) return self.listener_.arrived(incoming);
    const auto response = text_of(properties, MQTT_PROP_RESPONSE_TOPIC);
    const auto content_type = text_of(properties, MQTT_PROP_CONTENT_TYPE);
    const auto correlation = correlation_of(properties);
    if (response) incoming.response_topic = response.get();
    if (content_type) incoming.content_type = content_type.get();
    incoming.correlation = view_of(correlation.data.get(), correlation.length);
    if (!self.plan_.wishes.user_properties) return self.listener_.arrived(incoming);
    const auto user_properties = user_properties_of(properties);
    incoming.user_properties = &user_properties;
    self.listener_.arrived(incoming);
}

void Session::Callbacks::published(mosquitto*, void* session, int number, int reason,
                                   const mosquitto_property*) noexcept {
    auto& self = *static_cast<Session*>(session);
    const auto command = self.inflight_.extract(number);
    const char* refusal = reason < first_failure ? nullptr : mosquitto_reason_string(reason);
    static const std::string unknown;
    self.listener_.acknowledged(command.empty() ? unknown : command.mapped(), refusal);
}

void Session::Callbacks::disconnected(mosquitto*, void* session, int reason,
                                      const mosquitto_property*) noexcept {
    if (reason < first_failure) return;  // one of libmosquitto's own codes, which turn returns
    auto& self = *static_cast<Session*>(session);
    self.fail(std::string("the broker ends the connection: ") + mosquitto_reason_string(reason));
}

void Session::Callbacks::logged(mosquitto*, void* session, int level, const char* text) noexcept {
    if (level == MOSQ_LOG_ERR || level == MOSQ_LOG_WARNING) {
        static_cast<Session*>(session)->complaint_ = text;
    }
}

}  // namespace ajour::mqtt_client
