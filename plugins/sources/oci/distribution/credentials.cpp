// SPDX-License-Identifier: Apache-2.0
#include "distribution/credentials.hpp"

#include "text_file.hpp"

#include <filesystem>

namespace ajour::oci {

using sdk::Result;

namespace {

constexpr std::size_t LargestPassword = 64U << 10;
constexpr std::size_t LargestAuths = 1U << 20;

std::string without_line_end(std::string text) {
    while (!text.empty() && (text.back() == '\n' || text.back() == '\r')) text.pop_back();
    return text;
}

/// In a folder that holds a Kubernetes secret, the file has one of three names.
std::filesystem::path auths_in(const std::filesystem::path& place) {
    std::error_code ignored;
    if (!std::filesystem::is_directory(place, ignored)) return place;
    for (const auto* name : {".dockerconfigjson", ".dockercfg"}) {
        if (std::filesystem::exists(place / name, ignored)) return place / name;
    }
    return place / "config.json";
}

Result<Login> login_from(const std::filesystem::path& file, const std::string& host,
                         std::string_view repository) {
    const auto text = read_text_file(file, LargestAuths);
    if (!text) return text.error();
    auto login = login_of(*text, host, repository);
    if (!login) return login.error().in(file.string());
    return login;
}

}  // namespace

Result<Login> Credentials::login(std::string_view repository) const {
    if (!settings_.auths.empty()) {
        auto login = login_from(auths_in(settings_.auths), host_, repository);
        if (!login || !login->empty()) return login;
    }
    Login login{settings_.user, settings_.password, {}};
    if (settings_.password_file.empty()) return login;
    auto password = read_text_file(settings_.password_file, LargestPassword);
    if (!password) return password.error();
    login.password = without_line_end(std::move(*password));
    if (login.user.empty()) login.user = "ajour";  // with a token in the file, any name will do
    return login;
}

}  // namespace ajour::oci
