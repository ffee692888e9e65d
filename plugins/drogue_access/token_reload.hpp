// SPDX-License-Identifier: Apache-2.0
// An access token whose file was written anew while the server runs.
#pragma once

#include <ajour/sdk/host.hpp>

#include <string>
#include <vector>

namespace ajour::drogue_access {

/// The file is read at each use (Settings::text), so all that is left is to say that the token
/// counts. One that stands in the settings themselves takes a restart.
class TokenReload final : public sdk::Reloadable {
public:
    explicit TokenReload(const sdk::Settings& running) noexcept : running_(running) {}

    sdk::Result<std::vector<std::string>> reload(const sdk::Settings& settings) override {
        std::vector<std::string> taken;
        if (running_.text("token") == settings.text("token")) taken.emplace_back("token");
        return taken;
    }

private:
    const sdk::Settings& running_;
};

}  // namespace ajour::drogue_access
