// SPDX-License-Identifier: Apache-2.0
// The CoAP transport behind DTLS, with one key and an authority of the test's own.
#pragma once

#include "coap_server.hpp"
#include "support/certificates.hpp"

namespace ajour::integration {

inline constexpr const char* key = "0123456789abcdef";

inline RecordingInbox::Keys keys() {
    return [](const sdk::DeviceView& device) -> sdk::Result<sdk::Bytes> {
        if (device.application != "app") return sdk::Error{sdk::ErrorKind::NotFound, "none"};
        const auto bytes = sdk::bytes_of(key);
        return sdk::Bytes(bytes.begin(), bytes.end());
    };
}

inline Settings with_keys(Settings settings = {}) {
    settings.insert({{"tls.psk", "true"}, {"tls.port", "0"}});
    return settings;
}

inline CoapMessage bare_status(std::uint16_t id, std::string payload = "status") {
    auto status = coap_status(id, std::move(payload));
    status.options.erase(names::authorization);
    return status;
}

struct CoapsServer : CoapServer {
    explicit CoapsServer(Settings settings = with_keys()) : CoapServer(std::move(settings)) {
        inbox.give_keys(keys());
    }
    std::uint16_t tls_port() const { return port("tls.port"); }
    std::string tls_url(const std::string& rest = "/v1/dfu?ct=5") const {
        return "coaps://127.0.0.1:" + std::to_string(tls_port()) + rest;
    }
};

/// A P-256 authority, and what it signed, in a directory that goes away.
struct Certificates {
    Certificates() {
        const auto made = support::run_shell(
            "cd " + directory.path().string() +
            " && export OPENSSL_CONF=/dev/null && "
            "key() { openssl ecparam -name prime256v1 -genkey -noout -out $1.key; } && "
            "authority() { key $1 && openssl req -x509 -new -key $1.key -subj \"/O=Acme/CN=app\" "
            "-days 2 -out $1.crt; } && authority ca && authority other && "
            "leaf() { key $1 && openssl req -new -key $1.key -subj \"$2\" -out $1.csr && "
            "openssl x509 -req -in $1.csr -CA $3.crt -CAkey $3.key -CAcreateserial -days 2 -out "
            "$1.crt; } && leaf server /CN=localhost ca && leaf device \"/O=Acme/CN=dev\" ca && "
            "leaf stranger \"/O=Acme/CN=dev\" other");
        EXPECT_EQ(made.code, 0) << made.output;
    }
    std::string file(const std::string& name) const { return (directory.path() / name).string(); }
    Settings settings() const {
        return {{"tls.certificate", file("server.crt")},
                {"tls.key", file("server.key")},
                {"tls.client_certificates", "true"},
                {"tls.port", "0"}};
    }
    std::string flags(const std::string& name) const {
        return "-n -c " + file(name + ".crt") + " -j " + file(name + ".key") + " -C " +
               file("ca.crt");
    }
    support::TempDirectory directory;
};

}  // namespace ajour::integration
