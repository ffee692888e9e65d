// SPDX-License-Identifier: Apache-2.0
#include <ajour/sdk/plugin.hpp>
#include <ajour/sdk/settings.hpp>

#include "oci_source.hpp"

namespace {

namespace sdk = ajour::sdk;

constexpr std::int64_t second = 1000, minute = 60 * second, hour = 60 * minute, day = 24 * hour;
constexpr std::int64_t kibibyte = 1024, mebibyte = 1024 * kibibyte, gibibyte = 1024 * mebibyte;
constexpr std::int64_t largest_image = 4294967295;

// The rows of one OCI registry stand twice: for the default one, and for those with names.
// clang-format off
constexpr ajour_setting_row rows[] = {
    sdk::text_setting("prefix", nullptr,
        "The default OCI registry, and what its repositories begin with, ended by / - _ or .: "
        "registry.example/acme/; nothing: there is no default one."),
    sdk::text_setting("user", nullptr, "User name at the default OCI registry."),
    sdk::secret_setting("password", "Its password, or token."),
    sdk::path_setting("password.file", nullptr,
        "File with the password or token, read again at each use, for those that are replaced."),
    sdk::path_setting("auths", nullptr,
        "docker's config.json, or a mounted Kubernetes secret of type dockerconfigjson; read again "
        "at each use."),
    sdk::path_setting("tls.ca", nullptr,
        "PEM file with the authorities of its certificate; nothing: those that the system trusts."),
    sdk::path_setting("tls.certificate", nullptr, "PEM file with our certificate and its chain."),
    sdk::path_setting("tls.key", nullptr, "PEM file with the certificate's private key."),
    sdk::boolean_setting("tls.verify", "true", "Whether its certificate is verified."),
    sdk::boolean_setting("plain", "false", "Whether it is asked by http://, without encryption."),
    sdk::list_setting("applications", nullptr, "Applications that may use it; nothing: all."),
    sdk::choice_setting("signature", "off", "off|verify|require",
        "off: signatures are not looked at; verify: a wrong one is refused, and a release without "
        "one is served with a warning; require: only what is signed is served."),

    sdk::required(sdk::text_setting("registry.*.prefix", nullptr,
        "Another OCI registry, which targets name by `registry`; all as above.")),
    sdk::text_setting("registry.*.user", nullptr, "User name at it."),
    sdk::secret_setting("registry.*.password", "Its password, or token."),
    sdk::path_setting("registry.*.password.file", nullptr,
        "File with the password or token, read again at each use."),
    sdk::path_setting("registry.*.auths", nullptr, "docker's config.json, or a Kubernetes secret."),
    sdk::path_setting("registry.*.tls.ca", nullptr, "PEM file with the authorities of its certificate."),
    sdk::path_setting("registry.*.tls.certificate", nullptr, "PEM file with our certificate and its chain."),
    sdk::path_setting("registry.*.tls.key", nullptr, "PEM file with the certificate's private key."),
    sdk::boolean_setting("registry.*.tls.verify", "true", "Whether its certificate is verified."),
    sdk::boolean_setting("registry.*.plain", "false", "Whether it is asked by http://."),
    sdk::list_setting("registry.*.applications", nullptr, "Applications that may use it; nothing: all."),
    sdk::choice_setting("registry.*.signature", "off", "off|verify|require", "As `signature` above."),

    sdk::path_setting("signature.keys", nullptr,
        "Directory of public keys in PEM: APPLICATION.pub, APPLICATION/*.pub, and default.pub, "
        "default/*.pub for applications without keys of their own."),
    sdk::duration_setting("poll", "60s", second, day,
        "From one look at a tag to the next, for all devices together."),
    sdk::choice_setting("same_version", "hold", "hold|offer",
        "When a tag moves and the version stays: hold goes on offering what it was, offer takes the "
        "new content; both show a warning."),
    sdk::list_setting("moving_tags", "latest, main, master, edge, stable, nightly, dev, testing",
        "Tags that are no versions, and are looked at again though the target does not say so."),
    sdk::text_setting("title", nullptr,
        "Title of the layer that is the firmware, if an artifact has several."),
    sdk::list_setting("media_types", nullptr,
        "Types of the layer that is the firmware, most wanted first, before application/octet-stream."),
    sdk::list_setting("files", "firmware.bin:firmware.json, firmware:metadata.json",
        "In container images: IMAGE:METADATA, the first pair that is there."),
    sdk::secret_setting("hook.secret",
        "What webhooks have to prove that they know; nothing: all are refused."),
    sdk::boolean_setting("hook.open", "false", "Whether webhooks are believed without a proof."),
    sdk::duration_setting("hook.interval", "5s", 100, hour,
        "From one look at a tag to the next when webhooks ask for it."),
    sdk::text_setting("proxy", nullptr, "HTTP proxy, http://HOST:PORT; nothing: none."),
    sdk::duration_setting("timeout.connect", "10s", 100, 10 * minute, "Longest time to connect."),
    sdk::duration_setting("timeout.request", "15s", 100, 10 * minute,
        "Longest time of a request that is no download."),
    sdk::duration_setting("timeout.resolve", "60s", second, hour,
        "Longest time of all requests for one target together, without downloads."),
    sdk::duration_setting("timeout.stall", "30s", second, 10 * minute,
        "A download that brings less than 1 KiB in this time ends."),
    sdk::duration_setting("timeout.download", "10m", second, day,
        "Longest time of one download; the next one goes on where it ended, if it can."),
    sdk::size_setting("image.max", "64MiB", 1, largest_image, "Largest firmware."),
    sdk::size_setting("layers.max", "256MiB", 1, 64 * gibibyte,
        "Layers of a container image that are fetched to find its firmware, together."),
    sdk::size_setting("layers.inflated_max", "1GiB", mebibyte, 256 * gibibyte,
        "The same layers, unpacked."),
    sdk::integer_setting("layers.entries_max", "100000", 1, 10'000'000,
        "Files in the same layers."),
    sdk::size_setting("store.max", "256MiB", mebibyte, 1024 * gibibyte,
        "Firmware that was taken out of container images, kept in the state directory."),
    sdk::integer_setting("references.max", "10000", 1, 1'000'000,
        "References, releases and verdicts that are remembered, of each as many."),
    sdk::integer_setting("tags.max", "10000", 1, 1'000'000, "Tags of one repository."),
    sdk::integer_setting("tokens.max", "1000", 1, 100'000,
        "Tokens of one OCI registry that are kept, one for each repository."),
    sdk::end_of_settings,
};
// clang-format on

using OciSource = ajour::oci::OciSource;

}  // namespace

AJOUR_PLUGIN(OciSource, "0.1.0", "Releases from OCI registries", rows);
