// SPDX-License-Identifier: Apache-2.0
// A DTLS client with a pre-shared key, step by step, on a UDP socket of its own.
#pragma once

#include "support/udp_client.hpp"

#include <mbedtls/ctr_drbg.h>
#include <mbedtls/entropy.h>
#include <mbedtls/ssl.h>
#include <mbedtls/timing.h>

#include <algorithm>
#include <cstring>
#include <optional>
#include <string>
#include <utility>

namespace ajour::support {

class DtlsClient {
public:
    explicit DtlsClient(std::uint16_t port) : socket_(port) {
        mbedtls_entropy_init(&entropy_);
        mbedtls_ctr_drbg_init(&random_);
        mbedtls_ctr_drbg_seed(&random_, mbedtls_entropy_func, &entropy_, nullptr, 0);
        mbedtls_ssl_config_init(&config_);
        mbedtls_ssl_config_defaults(&config_, MBEDTLS_SSL_IS_CLIENT, MBEDTLS_SSL_TRANSPORT_DATAGRAM,
                                    MBEDTLS_SSL_PRESET_DEFAULT);
        mbedtls_ssl_conf_rng(&config_, mbedtls_ctr_drbg_random, &random_);
        mbedtls_ssl_conf_authmode(&config_, MBEDTLS_SSL_VERIFY_NONE);
        mbedtls_ssl_conf_handshake_timeout(&config_, 200, 3000);
        mbedtls_ssl_conf_read_timeout(&config_, 3000);
        mbedtls_ssl_init(&ssl_);
    }
    DtlsClient(const DtlsClient&) = delete;
    DtlsClient& operator=(const DtlsClient&) = delete;
    ~DtlsClient() {
        mbedtls_ssl_free(&ssl_);
        mbedtls_ssl_config_free(&config_);
        mbedtls_ctr_drbg_free(&random_);
        mbedtls_entropy_free(&entropy_);
    }

    /// Forgets what was, and shakes hands on the same port. Whether it came to a session.
    bool shake_hands(const std::string& identity, const std::string& key) {
        const auto* key_bytes = reinterpret_cast<const unsigned char*>(key.data());
        const auto* identity_bytes = reinterpret_cast<const unsigned char*>(identity.data());
        mbedtls_ssl_conf_psk(&config_, key_bytes, key.size(), identity_bytes, identity.size());
        mbedtls_ssl_free(&ssl_);
        mbedtls_ssl_init(&ssl_);
        mbedtls_ssl_setup(&ssl_, &config_);
        mbedtls_ssl_set_timer_cb(&ssl_, &timer_, mbedtls_timing_set_delay,
                                 mbedtls_timing_get_delay);
        mbedtls_ssl_set_bio(&ssl_, this, &DtlsClient::send, nullptr, &DtlsClient::receive);
        int code = MBEDTLS_ERR_SSL_WANT_READ;  // which is said after each retransmission
        while (code == MBEDTLS_ERR_SSL_WANT_READ) code = mbedtls_ssl_handshake(&ssl_);
        return code == 0;
    }

    std::optional<CoapMessage> ask(const CoapMessage& message) {
        const auto bytes = encode(message);
        const auto* data = reinterpret_cast<const unsigned char*>(bytes.data());
        if (mbedtls_ssl_write(&ssl_, data, bytes.size()) < 0) return std::nullopt;
        std::string answer(2048, '\0');
        auto* room = reinterpret_cast<unsigned char*>(answer.data());
        const int size = mbedtls_ssl_read(&ssl_, room, answer.size());
        if (size <= 0) return std::nullopt;
        largest_received_ = std::max(largest_received_, last_received_);
        return decode(std::string_view(answer).substr(0, static_cast<std::size_t>(size)));
    }

    /// Bytes of the largest datagram that brought an answer.
    std::size_t largest_received() const noexcept { return largest_received_; }
    const UdpClient& socket() const noexcept { return socket_; }

private:
    static int send(void* self, const unsigned char* bytes, std::size_t size) {
        const auto* text = reinterpret_cast<const char*>(bytes);
        static_cast<DtlsClient*>(self)->socket_.send(std::string_view(text, size));
        return static_cast<int>(size);
    }
    static int receive(void* self, unsigned char* room, std::size_t size, std::uint32_t wait) {
        auto& client = *static_cast<DtlsClient*>(self);
        const auto datagram =
            client.socket_.receive(UdpClient::milliseconds(wait == 0 ? 3000 : wait));
        if (!datagram) return MBEDTLS_ERR_SSL_TIMEOUT;
        client.last_received_ = datagram->size();
        const auto taken = std::min(size, datagram->size());
        std::memcpy(room, datagram->data(), taken);
        return static_cast<int>(taken);
    }

    UdpClient socket_;
    std::size_t last_received_ = 0;
    std::size_t largest_received_ = 0;
    mbedtls_entropy_context entropy_;
    mbedtls_ctr_drbg_context random_;
    mbedtls_ssl_config config_;
    mbedtls_ssl_context ssl_;
    mbedtls_timing_delay_context timer_{};
};

}  // namespace ajour::support
