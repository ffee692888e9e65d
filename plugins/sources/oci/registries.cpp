// SPDX-License-Identifier: Apache-2.0
#include "registries.hpp"

#include "content/repository.hpp"
#include "json/value.hpp"

#include <iterator>
#include <stdexcept>
#include <utility>

namespace ajour::oci {

using sdk::Error;
using sdk::ErrorKind;
using sdk::Result;

namespace {

constexpr std::string_view Section = "source.oci.";

/// The rows of one OCI registry: those of the default one, or those below `registry.NAME.`.
class Rows {
public:
    Rows(const sdk::Settings& settings, const std::string& name)
        : settings_(settings), place_(name.empty() ? "" : "registry." + name + ".") {}

    std::string text(const char* key) const { return settings_.text(place_ + key); }
    bool boolean(const char* key) const { return settings_.boolean(place_ + key); }
    std::vector<std::string> list(const char* key) const { return settings_.list(place_ + key); }
    std::runtime_error wrong(const char* key, const std::string& why) const {
        return std::runtime_error(std::string(Section) + place_ + key + ": " + why);
    }

private:
    const sdk::Settings& settings_;
    const std::string place_;
};

SignatureMode signature_mode(const std::string& word) {
    if (word == "require") return SignatureMode::Require;
    return word == "verify" ? SignatureMode::Verify : SignatureMode::Off;
}

CredentialSettings read_credentials(const Rows& rows) {
    CredentialSettings credentials{rows.text("user"), rows.text("password"),
                                   rows.text("password.file"), rows.text("auths")};
    if (!credentials.password.empty() && !credentials.password_file.empty()) {
        throw rows.wrong("password.file", "password is set too, expected one of them");
    }
    if (!credentials.password.empty() && credentials.user.empty()) {
        throw rows.wrong("password", "is set, expected user too");
    }
    return credentials;
}

http_client::Options read_http(const Rows& rows, const sdk::Settings& settings) {
    http_client::Options http;
    http.ca_file = rows.text("tls.ca");
    http.certificate = rows.text("tls.certificate");
    http.key = rows.text("tls.key");
    http.verify = rows.boolean("tls.verify");
    http.plain = rows.boolean("plain");
    if (http.certificate.empty() != http.key.empty()) {
        throw rows.wrong("tls.key", "one of tls.certificate and tls.key is set, expected both");
    }
    if (http.plain && !http.certificate.empty()) {
        throw rows.wrong("plain", "is true, and a tls.certificate is set, expected one of them");
    }
    http.proxy = settings.text("proxy");
    http.connect_timeout = settings.duration("timeout.connect");
    http.timeout = settings.duration("timeout.request");
    http.stall =
        std::chrono::duration_cast<std::chrono::seconds>(settings.duration("timeout.stall"));
    http.body_max = DocumentBytes;
    return http;
}

Registry read_registry(const std::string& name, sdk::Host& host, Metrics& metrics) {
    const auto& settings = host.settings();
    const Rows rows(settings, name);
    auto prefix = parse_prefix(rows.text("prefix"));
    if (!prefix) throw rows.wrong("prefix", prefix.error().text);
    Registry registry;
    registry.name = name;
    registry.prefix = std::move(*prefix);
    for (auto& application : rows.list("applications")) registry.applications.insert(application);
    registry.signature = signature_mode(rows.text("signature"));
    ServerOptions options{registry.prefix.host, read_http(rows, settings), read_credentials(rows),
                          static_cast<std::size_t>(settings.integer("tokens.max")),
                          static_cast<std::size_t>(settings.integer("references.max"))};
    registry.server = std::make_unique<Server>(std::move(options), host, metrics);
    return registry;
}

}  // namespace

Registries::Registries(sdk::Host& host, Metrics& metrics) {
    if (!host.settings().text("prefix").empty()) {
        by_name_.emplace("", read_registry("", host, metrics));
    }
    for (const auto& name : host.settings().names("registry")) {
        by_name_.emplace(name, read_registry(name, host, metrics));
    }
}

Result<Registry*> Registries::find(std::string_view name) {
    const auto found = by_name_.find(name);
    if (found != by_name_.end()) return &found->second;
    if (name.empty()) {
        return Error{ErrorKind::NotFound,
                     "source.oci.prefix is not set, so there is no default OCI registry"};
    }
    return Error{ErrorKind::NotFound, "there is no OCI registry \"" + printable(name, 40) +
                                          "\", expected one of source.oci.registry.NAME.prefix"};
}

Result<Registry*> Registries::find(std::string_view name, std::string_view application) {
    auto found = find(name);
    if (!found) return found;
    const auto& allowed = (*found)->applications;
    if (allowed.empty() || allowed.contains(std::string(application))) return found;
    return Error{ErrorKind::Refused, "the application may not use the OCI registry \"" +
                                         printable(name, 40) + "\": it is not in `applications`"};
}

void Registries::wake(const std::string& repository) {
    for (auto& [name, registry] : by_name_) registry.server->wake(repository);
}

std::size_t Registries::position_of(std::string_view name) const {
    const auto found = by_name_.find(name);
    if (found == by_name_.end()) return 0;
    return static_cast<std::size_t>(std::distance(by_name_.begin(), found));
}

void Registries::stop() noexcept {
    for (auto& [name, registry] : by_name_) registry.server->stop();
}

}  // namespace ajour::oci
