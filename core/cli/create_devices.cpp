// SPDX-License-Identifier: Apache-2.0
#include "cli/create_devices.hpp"

#include "cli/admin_api.hpp"
#include "cli/certificate_files.hpp"
#include "cli/output.hpp"
#include "cli/password.hpp"

#include <CLI/CLI.hpp>

namespace ajour::cli {

namespace {

constexpr unsigned most_at_once = 100'000;

struct Creation {
    std::string application, name, prefix;
    unsigned count = 0, first = 1;
    std::vector<std::string> gateways;
    std::string certificate;
    PasswordOptions password;
};

std::vector<std::string> names_of(const Creation& creation) {
    if (creation.count == 0) return {creation.name};
    std::vector<std::string> names;
    for (unsigned i = 0; i < creation.count; ++i) {
        names.push_back(creation.prefix + std::to_string(creation.first + i));
    }
    return names;
}

Json device_of(const Creation& creation, const std::string& name, const Json& credentials) {
    Json device = {{"metadata", {{"application", creation.application}, {"name", name}}},
                   {"spec", Json::object()}};
    if (!credentials.empty()) device["spec"]["authentication"]["credentials"] = credentials;
    if (!creation.gateways.empty()) {
        device["spec"]["gatewaySelector"]["matchNames"] = creation.gateways;
    }
    return device;
}

void check(const Creation& creation) {
    const bool one = !creation.name.empty(), many = creation.count > 0;
    if (one == many) throw Failure("expected either NAME, or --count and --prefix");
    if (many && creation.prefix.empty()) throw Failure("--count needs --prefix");
    if (many && !creation.certificate.empty()) throw Failure("--certificate is for one device");
}

void print_passwords(const std::vector<Row>& rows, const Options& options) {
    if (!options.json) return print_table({"DEVICE", "PASSWORD"}, rows);
    auto json = Json::array();
    for (const auto& row : rows) json.push_back({{"name", row[0]}, {"password", row[1]}});
    print_json(json);
}

/// Creates them one by one and adds the passwords that it made to `generated`, each once its device
/// exists.
void create_all(const AdminApi& api, const Creation& creation, std::vector<Row>& generated) {
    const auto given = read_password(creation.password);
    const auto shared = given ? credential_of(*given) : Json();
    const auto certificate =
        creation.certificate.empty() ? Json() : certificate_credential(creation.certificate);
    for (const auto& name : names_of(creation)) {
        const auto made = creation.password.generate ? generate_password() : std::string();
        auto credentials = Json::array();
        if (!made.empty() || given)
            credentials.push_back(made.empty() ? shared : credential_of(made));
        if (!certificate.is_null()) credentials.push_back(certificate);
        api.create(devices_path(creation.application), device_of(creation, name, credentials));
        if (!made.empty()) generated.push_back({name, made});
    }
}

void create(const Options& options, const Creation& creation) {
    check(creation);
    std::vector<Row> generated;
    try {
        create_all(AdminApi(options), creation, generated);
    } catch (const Failure&) {
        // Nobody could ever read the passwords of those that exist already.
        if (!generated.empty()) print_passwords(generated, options);
        throw;
    }
    if (creation.password.generate) print_passwords(generated, options);
}

}  // namespace

void add_create_devices(CLI::App& family, const Options& options) {
    auto* command = family.add_subcommand("create", "A new device, or many: --count N --prefix P");
    const auto creation = std::make_shared<Creation>();
    command->add_option("APP", creation->application, "the application")->required();
    command->add_option("NAME", creation->name, "the device");
    command->add_option("--count", creation->count, "make so many, named PREFIX1, PREFIX2, ..")
        ->check(CLI::Range(1U, most_at_once));
    command->add_option("--prefix", creation->prefix, "what the names of many begin with");
    command->add_option("--first", creation->first, "number of the first of many");
    command
        ->add_option("--gateway", creation->gateways,
                     "a device that may speak for it; may be repeated")
        ->allow_extra_args(false);
    command->add_option("--certificate", creation->certificate,
                        "PEM file of its certificate, when that names it by something else than "
                        "its name");
    add_password_options(*command, creation->password);
    command->callback([&options, creation] { create(options, *creation); });
}

}  // namespace ajour::cli
