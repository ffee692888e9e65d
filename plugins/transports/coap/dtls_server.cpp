// SPDX-License-Identifier: Apache-2.0
#include "dtls_server.hpp"

#include "credentials.hpp"

#include <mbedtls/ctr_drbg.h>
#include <mbedtls/entropy.h>
#include <mbedtls/error.h>
#include <mbedtls/pk.h>
#include <mbedtls/ssl.h>
#include <mbedtls/ssl_cookie.h>
#include <mbedtls/x509_crt.h>

#include <array>
#include <utility>
#include <vector>

namespace ajour::coap {
namespace {

// Authenticated encryption only: sessions at rest are stored, which mbedTLS does for these alone.
// The first of each kind is the one that RFC 7252 demands.
constexpr int certificate_suites[] = {MBEDTLS_TLS_ECDHE_ECDSA_WITH_AES_128_CCM_8,
                                      MBEDTLS_TLS_ECDHE_ECDSA_WITH_AES_128_GCM_SHA256,
                                      MBEDTLS_TLS_ECDHE_ECDSA_WITH_AES_256_GCM_SHA384,
                                      MBEDTLS_TLS_ECDHE_ECDSA_WITH_CHACHA20_POLY1305_SHA256,
                                      MBEDTLS_TLS_ECDHE_RSA_WITH_AES_128_GCM_SHA256,
                                      MBEDTLS_TLS_ECDHE_RSA_WITH_AES_256_GCM_SHA384,
                                      MBEDTLS_TLS_ECDHE_RSA_WITH_CHACHA20_POLY1305_SHA256};
constexpr int key_suites[] = {MBEDTLS_TLS_PSK_WITH_AES_128_CCM_8,
                              MBEDTLS_TLS_PSK_WITH_AES_128_CCM,
                              MBEDTLS_TLS_PSK_WITH_AES_128_GCM_SHA256,
                              MBEDTLS_TLS_PSK_WITH_AES_256_GCM_SHA384,
                              MBEDTLS_TLS_PSK_WITH_CHACHA20_POLY1305_SHA256,
                              MBEDTLS_TLS_ECDHE_PSK_WITH_CHACHA20_POLY1305_SHA256};

std::string reason_of(int code) {
    std::array<char, 128> text{};
    mbedtls_strerror(code, text.data(), text.size());
    return text.data();
}

sdk::Error file_error(const std::string& what, const std::string& file, int code) {
    return {sdk::ErrorKind::Malformed, what + " " + file + ": " + reason_of(code)};
}

sdk::Error set_up_failed(int code) {
    return {sdk::ErrorKind::Internal, "setting DTLS up: " + reason_of(code)};
}

/// A key that nobody has: an unknown device looks like a wrong key.
int give_nonsense(mbedtls_ctr_drbg_context& random, mbedtls_ssl_context* session) {
    std::array<unsigned char, 16> key{};
    const int code = mbedtls_ctr_drbg_random(&random, key.data(), key.size());
    return code == 0 ? mbedtls_ssl_set_hs_psk(session, key.data(), key.size()) : code;
}

}  // namespace

/// What no reload replaces: who is amid a handshake has a cookie of ours.
struct DtlsServer::Chance {
    Chance() {
        mbedtls_entropy_init(&entropy);
        mbedtls_ctr_drbg_init(&random);
        mbedtls_ssl_cookie_init(&cookie);
    }
    ~Chance() {
        mbedtls_ssl_cookie_free(&cookie);
        mbedtls_ctr_drbg_free(&random);
        mbedtls_entropy_free(&entropy);
    }
    Chance(const Chance&) = delete;
    Chance& operator=(const Chance&) = delete;

    int set_up();

    mbedtls_entropy_context entropy;
    mbedtls_ctr_drbg_context random;
    mbedtls_ssl_cookie_ctx cookie;
};

int DtlsServer::Chance::set_up() {
    const int code = mbedtls_ctr_drbg_seed(&random, mbedtls_entropy_func, &entropy, nullptr, 0);
    return code == 0 ? mbedtls_ssl_cookie_setup(&cookie, mbedtls_ctr_drbg_random, &random) : code;
}

struct DtlsServer::Parts {
    Parts() {
        mbedtls_ssl_config_init(&config);
        mbedtls_x509_crt_init(&certificate);
        mbedtls_pk_init(&key);
    }
    ~Parts() {
        mbedtls_pk_free(&key);
        mbedtls_x509_crt_free(&certificate);
        mbedtls_ssl_config_free(&config);
    }
    Parts(const Parts&) = delete;
    Parts& operator=(const Parts&) = delete;

    int set_up(Chance& chance);
    void choose_suites(const DtlsSettings& settings);
    sdk::Result<void> load(const DtlsSettings& settings);

    mbedtls_ssl_config config;
    mbedtls_x509_crt certificate;
    mbedtls_pk_context key;
    std::vector<int> suites;
};

int DtlsServer::Parts::set_up(Chance& chance) {
    const int code = mbedtls_ssl_config_defaults(
        &config, MBEDTLS_SSL_IS_SERVER, MBEDTLS_SSL_TRANSPORT_DATAGRAM, MBEDTLS_SSL_PRESET_DEFAULT);
    mbedtls_ssl_conf_rng(&config, mbedtls_ctr_drbg_random, &chance.random);
    mbedtls_ssl_conf_dtls_cookies(&config, mbedtls_ssl_cookie_write, mbedtls_ssl_cookie_check,
                                  &chance.cookie);
    mbedtls_ssl_conf_min_version(&config, MBEDTLS_SSL_MAJOR_VERSION_3, MBEDTLS_SSL_MINOR_VERSION_3);
    mbedtls_ssl_conf_renegotiation(&config, MBEDTLS_SSL_RENEGOTIATION_DISABLED);
    mbedtls_ssl_conf_authmode(&config, MBEDTLS_SSL_VERIFY_NONE);
    return code;
}

void DtlsServer::Parts::choose_suites(const DtlsSettings& settings) {
    const auto add = [this](const auto& chosen) {
        suites.insert(suites.end(), std::begin(chosen), std::end(chosen));
    };
    if (!settings.certificate.empty()) add(certificate_suites);
    if (settings.takes_keys) add(key_suites);
    suites.push_back(0);
    mbedtls_ssl_conf_ciphersuites(&config, suites.data());
}

sdk::Result<void> DtlsServer::Parts::load(const DtlsSettings& settings) {
    if (settings.certificate.empty()) return {};
    int code = mbedtls_x509_crt_parse_file(&certificate, settings.certificate.c_str());
    if (code != 0) return file_error("the certificate", settings.certificate, code);
    code = mbedtls_pk_parse_keyfile(&key, settings.key.c_str(), nullptr);
    if (code == 0) code = mbedtls_pk_check_pair(&certificate.pk, &key);
    if (code == 0) code = mbedtls_ssl_conf_own_cert(&config, &certificate, &key);
    if (code != 0) return file_error("the key", settings.key, code);
    // Who vouches for a client is the registry's to say, and the host's to check.
    if (settings.asks_clients) mbedtls_ssl_conf_authmode(&config, MBEDTLS_SSL_VERIFY_OPTIONAL);
    return {};
}

sdk::Result<std::unique_ptr<DtlsServer>> DtlsServer::open(const DtlsSettings& settings,
                                                          KeyFor key_for) {
    auto chance = std::make_unique<Chance>();
    if (const int code = chance->set_up(); code != 0) return set_up_failed(code);
    std::unique_ptr<DtlsServer> server(
        new DtlsServer(std::move(chance), settings.takes_keys, std::move(key_for)));
    if (auto loaded = server->reload(settings); !loaded) return loaded.error();
    return server;
}

sdk::Result<void> DtlsServer::reload(const DtlsSettings& settings) {
    auto parts = make_parts(settings);
    if (!parts) return parts.error();
    const std::lock_guard lock(mutex_);
    parts_ = std::move(*parts);
    return {};
}

sdk::Result<std::shared_ptr<const DtlsServer::Parts>> DtlsServer::make_parts(
    const DtlsSettings& settings) {
    auto parts = std::make_shared<Parts>();
    if (const int code = parts->set_up(*chance_); code != 0) return set_up_failed(code);
    parts->choose_suites(settings);
    if (auto loaded = parts->load(settings); !loaded) return loaded.error();
    if (takes_keys_) mbedtls_ssl_conf_psk_cb(&parts->config, &DtlsServer::give_key, this);
    return std::shared_ptr<const Parts>(std::move(parts));
}

DtlsServer::DtlsServer(std::unique_ptr<Chance> chance, bool takes_keys, KeyFor key_for)
    : chance_(std::move(chance)), takes_keys_(takes_keys), key_for_(std::move(key_for)) {}

DtlsServer::~DtlsServer() = default;

std::shared_ptr<const mbedtls_ssl_config> DtlsServer::config() const noexcept {
    const std::lock_guard lock(mutex_);
    return {parts_, &parts_->config};
}

std::optional<sdk::DeviceId> DtlsServer::take_asked() noexcept {
    return std::exchange(asked_, std::nullopt);
}

sdk::Result<sdk::Bytes> DtlsServer::key_for(std::string_view identity) const {
    std::string text(identity);
    const auto named = sender::identify(sender::Basic{text, {}}, {});
    if (!named) return sdk::Error{sdk::ErrorKind::NotFound, "no device@application"};
    return key_for_(named->device);
}

int DtlsServer::give_key(void* server, mbedtls_ssl_context* session, const unsigned char* identity,
                         std::size_t size) try {
    auto& self = *static_cast<DtlsServer*>(server);
    std::string text(reinterpret_cast<const char*>(identity), size);
    const auto key = self.key_for(text);
    if (!key) return give_nonsense(self.chance_->random, session);
    self.asked_ = sdk::DeviceId(sender::identify(sender::Basic{text, {}}, {})->device);
    return mbedtls_ssl_set_hs_psk(session, key->data(), key->size());
} catch (...) {
    return MBEDTLS_ERR_SSL_ALLOC_FAILED;
}

}  // namespace ajour::coap
