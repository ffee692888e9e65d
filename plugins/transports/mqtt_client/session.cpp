// SPDX-License-Identifier: Apache-2.0
#include "session.hpp"

#include "session_callbacks.hpp"

#include <mosquitto.h>
#include <mqtt_protocol.h>
#include <poll.h>
#include <sys/socket.h>

#include <cstring>
#include <new>
#include <utility>

namespace ajour::mqtt_client {
namespace {

constexpr const char* system_authorities = "/etc/ssl/certs";

/// Without this OpenSSL would ask the terminal for the key's password.
int refuse_password(char*, int, int, void*) {
    return 0;
}

const char* or_null(const std::string& text) noexcept {
    return text.empty() ? nullptr : text.c_str();
}

}  // namespace

sdk::Result<void> Session::start_library() {
    if (mosquitto_lib_init() == MOSQ_ERR_SUCCESS) return {};
    return sdk::Error{sdk::ErrorKind::Internal, "libmosquitto does not start"};
}

void Session::stop_library() noexcept {
    mosquitto_lib_cleanup();
}

sdk::Result<std::unique_ptr<Session>> Session::open(Plan plan, SessionListener& listener) {
    std::unique_ptr<Session> session(new Session(std::move(plan), listener));
    if (auto prepared = session->prepare(); !prepared) return prepared.error();
    if (auto connecting = session->connect(); !connecting) return connecting.error();
    return session;
}

Session::Session(Plan plan, SessionListener& listener)
    : plan_(std::move(plan)), listener_(listener), packet_bytes_(plan_.options.packet_bytes) {}

Session::~Session() {
    mosquitto_destroy(handle_);
}

sdk::Result<void> Session::prepare() {
    const auto& options = plan_.options;
    handle_ = mosquitto_new(options.client_id.c_str(), true, this);
    if (handle_ == nullptr) throw std::bad_alloc();
    Callbacks::set(handle_);
    // Then nothing is written but in `turn`, and libmosquitto takes its locks in one order.
    mosquitto_threaded_set(handle_, true);
    mosquitto_int_option(handle_, MOSQ_OPT_PROTOCOL_VERSION,
                         options.speaks_version_5 ? MQTT_PROTOCOL_V5 : MQTT_PROTOCOL_V311);
    mosquitto_int_option(handle_, MOSQ_OPT_TCP_NODELAY, 1);
    mosquitto_int_option(handle_, MOSQ_OPT_RECEIVE_MAXIMUM, options.receive);
    mosquitto_int_option(handle_, MOSQ_OPT_SEND_MAXIMUM, static_cast<int>(options.inflight));
    if (auto prepared = prepare_login(); !prepared) return prepared;
    if (auto prepared = prepare_will(); !prepared) return prepared;
    return options.broker.tls ? prepare_tls() : sdk::Result<void>();
}

sdk::Result<void> Session::prepare_login() {
    const auto& options = plan_.options;
    const auto login = plan_.wishes.login.value_or(Login{options.user, options.password});
    const int code =
        mosquitto_username_pw_set(handle_, or_null(login.user), or_null(login.password));
    if (code != MOSQ_ERR_SUCCESS) return failure(code);
    return {};
}

sdk::Result<void> Session::prepare_will() {
    const auto& presence = plan_.wishes.presence;
    if (presence.topic.empty()) return {};
    const int code = mosquitto_will_set(handle_, presence.topic.c_str(),
                                        static_cast<int>(presence.offline.size()),
                                        presence.offline.data(), plan_.options.qos, false);
    if (code != MOSQ_ERR_SUCCESS) return failure(code);
    return {};
}

sdk::Result<void> Session::prepare_tls() {
    const auto& files = plan_.options.tls;
    const int code = mosquitto_tls_set(
        handle_, or_null(files.ca), files.ca.empty() ? system_authorities : nullptr,
        or_null(files.certificate), or_null(files.key), &refuse_password);
    if (code == MOSQ_ERR_SUCCESS) return {};
    return sdk::Error{sdk::ErrorKind::Unavailable,
                      "a file of tls.ca, tls.certificate, tls.key cannot be opened"};
}

sdk::Result<void> Session::connect() {
    const auto& options = plan_.options;
    const int keep_alive = static_cast<int>(options.keep_alive.count());
    if (options.speaks_version_5) {
        mosquitto_property* properties = nullptr;
        mosquitto_property_add_int32(&properties, MQTT_PROP_MAXIMUM_PACKET_SIZE,
                                     static_cast<std::uint32_t>(options.packet_bytes));
        // The call that does not block takes no properties; this one, without a host, only keeps
        // them.
        mosquitto_connect_bind_v5(handle_, nullptr, options.broker.port, keep_alive, nullptr,
                                  properties);
        mosquitto_property_free_all(&properties);
    }
    const int code = mosquitto_connect_bind_async(
        handle_, options.broker.host.c_str(), options.broker.port, keep_alive, plan_.bind_address);
    if (code != MOSQ_ERR_SUCCESS) return failure(code);
    return {};
}

int Session::socket() const noexcept {
    return mosquitto_socket(handle_);
}

short Session::wanted_events() const noexcept {
    const bool writes = ready_ ? mosquitto_want_write(handle_) : !connected_;
    return static_cast<short>(writes ? POLLIN | POLLOUT : POLLIN);
}

sdk::Result<void> Session::turn(short events) {
    const bool is_broken = (events & (POLLERR | POLLHUP)) != 0;
    if (is_broken && !connected_) return socket_failure();
    if ((events & POLLOUT) != 0) connected_ = true;
    // A TLS handshake goes on by reading, whatever it waits for.
    int code = MOSQ_ERR_SUCCESS;
    if (!ready_ || (events & ~POLLOUT) != 0) code = mosquitto_loop_read(handle_, 1);
    if (code == MOSQ_ERR_SUCCESS && mosquitto_want_write(handle_)) {
        code = mosquitto_loop_write(handle_, 1);
    }
    if (code == MOSQ_ERR_SUCCESS) code = mosquitto_loop_misc(handle_);
    // libmosquitto takes a connection that breaks in the handshake for one that still goes on.
    if (is_broken && !ready_ && code == MOSQ_ERR_SUCCESS) code = MOSQ_ERR_CONN_LOST;
    if (!fault_.empty()) return sdk::Error{sdk::ErrorKind::Unavailable, fault_};
    if (code == MOSQ_ERR_CONN_LOST && !welcomed_) return unwelcome();
    if (code != MOSQ_ERR_SUCCESS) return failure(code);
    return {};
}

sdk::Result<void> Session::publish(const Outgoing& message) noexcept {
    mosquitto_property* properties = nullptr;
    if (!message.correlation.empty() && plan_.options.speaks_version_5) {
        mosquitto_property_add_binary(&properties, MQTT_PROP_CORRELATION_DATA,
                                      message.correlation.data(),
                                      static_cast<std::uint16_t>(message.correlation.size()));
    }
    int number = 0;
    const int code = mosquitto_publish_v5(
        handle_, &number, message.topic.c_str(), static_cast<int>(message.payload.size()),
        message.payload.data(), plan_.options.qos, false, properties);
    mosquitto_property_free_all(&properties);
    if (code != MOSQ_ERR_SUCCESS) return sdk::Error{sdk::ErrorKind::Unavailable, {}};
    // Nothing is written but in `turn`, so its acknowledgement comes after.
    try {
        inflight_.insert_or_assign(number, message.topic);
    } catch (...) {  // without memory it is one that nobody waits for
    }
    return {};
}

std::vector<std::string> Session::inflight_topics() const {
    std::vector<std::string> topics;
    for (const auto& command : inflight_) topics.push_back(command.second);
    return topics;
}

void Session::announce(const std::string& state) noexcept {
    const auto& topic = plan_.wishes.presence.topic;
    if (!topic.empty()) (void)publish({topic, sdk::bytes_of(state), {}});
}

void Session::leave() noexcept {
    if (ready_) announce(plan_.wishes.presence.offline);
    mosquitto_disconnect(handle_);
}

sdk::Result<void> Session::subscribe_to_all() {
    for (const auto* filters : {&plan_.wishes.filters, &plan_.wishes.spare_filters}) {
        for (const auto& filter : *filters) {
            if (auto asked = subscribe(filter); !asked) return asked;
        }
    }
    return {};
}

sdk::Result<void> Session::subscribe(const std::string& filter) {
    const bool is_version_5 = plan_.options.speaks_version_5;
    mosquitto_property* properties = nullptr;
    if (is_version_5) {
        for (const auto& [name, value] : plan_.wishes.subscription) {
            mosquitto_property_add_string_pair(&properties, MQTT_PROP_USER_PROPERTY, name.c_str(),
                                               value.c_str());
        }
    }
    int number = 0;
    const int code =
        mosquitto_subscribe_v5(handle_, &number, filter.c_str(), plan_.options.qos,
                               is_version_5 ? MQTT_SUB_OPT_SEND_RETAIN_NEVER : 0, properties);
    mosquitto_property_free_all(&properties);
    if (code != MOSQ_ERR_SUCCESS) return failure(code);
    asked_.insert_or_assign(number, filter);
    return {};
}

sdk::Result<void> Session::unsubscribe(const std::string& filter) {
    const int code = mosquitto_unsubscribe(handle_, nullptr, filter.c_str());
    if (code != MOSQ_ERR_SUCCESS) return failure(code);
    return {};
}

sdk::Error Session::failure(int code) const {
    std::string text = mosquitto_strerror(code);
    if (text.ends_with('.')) text.pop_back();
    if (!complaint_.empty()) text += " (" + complaint_ + ")";
    return {sdk::ErrorKind::Unavailable, text};
}

/// Brokers do not say so when they are spoken to in the wrong way.
sdk::Error Session::unwelcome() const {
    const auto& options = plan_.options;
    return {sdk::ErrorKind::Unavailable,
            std::string("it ended the connection without an answer to MQTT ") +
                (options.speaks_version_5 ? "5" : "3.1.1") +
                (options.broker.tls ? " with TLS" : " without TLS")};
}

sdk::Error Session::socket_failure() const {
    int code = 0;
    socklen_t length = sizeof code;
    ::getsockopt(socket(), SOL_SOCKET, SO_ERROR, &code, &length);
    return {sdk::ErrorKind::Unavailable, code == 0 ? "connection lost" : std::strerror(code)};
}

void Session::fail(std::string text) {
    if (fault_.empty()) fault_ = std::move(text);
}

}  // namespace ajour::mqtt_client
