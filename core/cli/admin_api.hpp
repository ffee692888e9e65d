// SPDX-License-Identifier: Apache-2.0
// The admin API in the words of commands: applications and devices as JSON, failures as sentences.
#pragma once

#include "admin/client.hpp"
#include "cli/options.hpp"
#include "json/json.hpp"

#include <functional>
#include <string>
#include <string_view>

namespace ajour::cli {

/// Where things are in the admin API. Names are escaped.
std::string applications_path();
std::string application_path(std::string_view application);
std::string devices_path(std::string_view application);
std::string device_path(std::string_view application, std::string_view device);
/// What goes on now in an application.
std::string updates_path(std::string_view application);

/// All methods throw a Failure that says what was being done and what the server answered.
class AdminApi {
public:
    /// Finds server and token: options first, then environment, then the properties file.
    explicit AdminApi(const Options& options);

    Json find(const std::string& path) const;
    void create(const std::string& path, const Json& body) const;
    void remove(const std::string& path) const;

    /// Reads the object, lets `edit` work on it and writes it back; once more from the start when
    /// somebody else wrote it in between.
    void change(const std::string& path, const std::function<void(Json&)>& edit) const;

private:
    admin::ClientResponse request(std::string_view method, const std::string& path,
                                  const std::string& body = {}) const;
    void expect_success(const std::string& doing, const admin::ClientResponse& response) const;

    admin::Client client_;
};

}  // namespace ajour::cli
