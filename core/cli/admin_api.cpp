// SPDX-License-Identifier: Apache-2.0
#include "cli/admin_api.hpp"

#include "cli/configuration.hpp"

#include <cstdlib>
#include <filesystem>
#include <fstream>

namespace ajour::cli {

using admin::ClientResponse;

namespace {

constexpr int forbidden = 403;
constexpr int conflict = 409;
constexpr std::size_t largest_answer = std::size_t{256} << 20;

/// A server that took a free port wrote it down.
std::string port_of(const settings::Section& host) {
    const auto port = host.integer("ajour.admin.port");
    if (port != 0) return std::to_string(port);
    const auto file = std::filesystem::path(host.text("ajour.state")) / "admin.port";
    std::string taken;
    if (std::ifstream(file) >> taken) return taken;
    throw Failure("ajour.admin.port is 0 and " + file.string() + " cannot be read; see --server");
}

std::string server_of(const Options& options, const settings::Section& host) {
    if (!options.server.empty()) return options.server;
    if (!host.boolean("ajour.admin.enabled")) {
        throw Failure("ajour.admin.enabled is false, so there is no admin server; see --server");
    }
    auto address = host.text("ajour.admin.address");
    if (address == "0.0.0.0") address = "127.0.0.1";
    if (address.find(':') != std::string::npos)
        address = address == "::" ? "[::1]" : "[" + address + "]";
    return "http://" + address + ":" + port_of(host);
}

std::string token_of(const Options& options, const settings::Section& host) {
    if (!options.token_file.empty()) return or_fail(admin::read_token(options.token_file));
    const char* token = std::getenv("AJOUR_ADMIN_TOKEN");
    if (token != nullptr && *token != '\0') return token;
    const auto file = std::filesystem::path(host.text("ajour.state")) / "admin.token";
    auto read = admin::read_token(file);
    if (read) return *std::move(read);
    throw Failure("the admin token: " + read.error().text +
                  "; the server writes it at its first start, see also --token-file");
}

admin::Client connect(const Options& options) {
    const auto host = host_section(load_document(options));
    admin::ClientOptions client;
    client.server = server_of(options, host);
    client.token = token_of(options, host);
    return or_fail(admin::Client::make(std::move(client)));
}

Json parse(const ClientResponse& response) {
    return or_fail(json::parse(response.body, {.bytes = largest_answer, .depth = 64}));
}

}  // namespace

std::string applications_path() {
    return "/api/registry/v1alpha1/apps";
}

std::string application_path(std::string_view application) {
    return applications_path() + "/" + admin::path_segment(application);
}

std::string devices_path(std::string_view application) {
    return application_path(application) + "/devices";
}

std::string device_path(std::string_view application, std::string_view device) {
    return devices_path(application) + "/" + admin::path_segment(device);
}

std::string updates_path(std::string_view application) {
    return "/api/ajour/v1/updates/" + admin::path_segment(application);
}

AdminApi::AdminApi(const Options& options) : client_(connect(options)) {}

ClientResponse AdminApi::request(std::string_view method, const std::string& path,
                                 const std::string& body) const {
    return or_fail(client_.request(method, path, body));
}

void AdminApi::expect_success(const std::string& doing, const ClientResponse& response) const {
    if (response.ok()) return;
    const auto* hint =
        response.status == forbidden ? "; the admin token is not accepted, see --token-file" : "";
    throw Failure(doing + ": " + admin::failure_text(response) + hint);
}

Json AdminApi::find(const std::string& path) const {
    const auto response = request("GET", path);
    expect_success("reading", response);
    return parse(response);
}

void AdminApi::create(const std::string& path, const Json& body) const {
    expect_success("creating", request("POST", path, json::print(body)));
}

void AdminApi::remove(const std::string& path) const {
    expect_success("deleting", request("DELETE", path));
}

void AdminApi::change(const std::string& path, const std::function<void(Json&)>& edit) const {
    const auto attempt = [&] {
        auto object = find(path);
        edit(object);
        return request("PUT", path, json::print(object));
    };
    auto response = attempt();
    if (response.status == conflict) response = attempt();
    expect_success("changing", response);
}

}  // namespace ajour::cli
