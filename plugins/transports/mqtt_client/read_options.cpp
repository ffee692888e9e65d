// SPDX-License-Identifier: Apache-2.0
#include "read_options.hpp"

#include "topic_name.hpp"

#include <random>
#include <stdexcept>
#include <utility>

namespace ajour::mqtt_client {
namespace {

constexpr std::size_t most_client_id_bytes = 64;

template <typename T>
T value_or_throw(sdk::Result<T> result) {
    if (!result) throw std::runtime_error(result.error().text);
    return std::move(*result);
}

std::size_t size_of(const sdk::Settings& settings, std::string_view key) {
    return static_cast<std::size_t>(settings.integer(key));
}

BrokerAddress broker_of(const sdk::Settings& settings) {
    const auto text = settings.text("server");
    return text.empty() ? BrokerAddress{} : value_or_throw(parse_broker_address(text));
}

/// Brokers end the connection of a client whose id another one takes, so ours is our own.
std::string random_client_id() {
    constexpr std::string_view digits = "0123456789abcdef";
    std::random_device chance;
    std::string id = "ajour-";
    for (int i = 0; i < 16; ++i) id += digits[chance() % digits.size()];
    return id;
}

std::string client_id_of(const sdk::Settings& settings) {
    const auto id = settings.text("client_id");
    if (id.empty()) return random_client_id();
    if (!is_name(id) || id.size() > most_client_id_bytes) {
        throw std::runtime_error("client_id: expected at most 64 bytes without /, + and #");
    }
    return id;
}

TlsFiles files_of(const sdk::Settings& settings, const BrokerAddress& broker) {
    TlsFiles files{settings.text("tls.ca"), settings.text("tls.certificate"),
                   settings.text("tls.key")};
    if (files.certificate.empty() != files.key.empty()) {
        throw std::runtime_error("tls.certificate and tls.key: one is set, expected both or none");
    }
    const bool has_files = !files.ca.empty() || !files.certificate.empty();
    if (has_files && !broker.host.empty() && !broker.tls) {
        throw std::runtime_error("tls.ca or tls.certificate is set, expected server = mqtts://...");
    }
    return files;
}

void read_bounds(const sdk::Settings& settings, Options& options) {
    options.packet_bytes = size_of(settings, "packet.max");
    options.receive = static_cast<int>(settings.integer("receive.max"));
    options.inflight = size_of(settings, "inflight.max");
    options.queue = {size_of(settings, "queue.max"), size_of(settings, "queue.max_bytes")};
}

void read_times(const sdk::Settings& settings, Options& options) {
    options.keep_alive =
        std::chrono::duration_cast<std::chrono::seconds>(settings.duration("keep_alive"));
    options.connect = settings.duration("timeout.connect");
    options.stop = settings.duration("timeout.stop");
    options.least_delay = settings.duration("reconnect.min");
    options.most_delay = settings.duration("reconnect.max");
}

}  // namespace

Options read_options(const sdk::Settings& settings, std::string_view password_key) {
    Options options;
    options.broker = broker_of(settings);
    options.speaks_version_5 = settings.text("version") == "5";
    options.client_id = client_id_of(settings);
    options.user = settings.text("user");
    options.password = settings.text(password_key);
    if (options.user.empty() && !options.password.empty()) {
        throw std::runtime_error(std::string(password_key) + " is set, expected user too");
    }
    options.tls = files_of(settings, options.broker);
    options.qos = settings.text("qos") == "0" ? 0 : 1;
    read_bounds(settings, options);
    read_times(settings, options);
    return options;
}

}  // namespace ajour::mqtt_client
