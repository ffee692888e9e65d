// SPDX-License-Identifier: Apache-2.0
#include "cli/withdrawn.hpp"

#include "cli/admin_api.hpp"
#include "digest/sha256.hpp"

#include <utility>

namespace ajour::cli {

std::string withdrawn_path() {
    return "/api/ajour/v1/firmware/withdrawn";
}

Withdrawn Withdrawn::ask(const Options& options) {
    try {
        std::set<std::string> digests;
        for (const auto& digest : AdminApi(options).find(withdrawn_path())) {
            if (digest.is_string()) digests.insert(digest.get<std::string>());
        }
        return Withdrawn(std::move(digests));
    } catch (const Failure& failure) {
        return unknown(failure.what());
    }
}

Withdrawn Withdrawn::unknown(std::string reason) {
    Withdrawn withdrawn;
    withdrawn.reason_ = std::move(reason);
    return withdrawn;
}

std::optional<bool> Withdrawn::contains(const std::string& sha256) const {
    if (!digests_) return std::nullopt;
    return digests_->contains(sha256);
}

std::string word_of(std::optional<bool> withdrawn) {
    if (!withdrawn) return "?";
    return *withdrawn ? "withdrawn" : "";
}

std::vector<std::string> others_of_image(const std::vector<ReleaseFile>& releases,
                                         std::string_view name, const sdk::Sha256& image) {
    std::vector<std::string> others;
    for (const auto& release : releases) {
        const auto digest = digest::parse_hex(release.checksum);
        if (release.name == name || !digest || *digest != image) continue;
        others.push_back(release.name + " " + release.version);
    }
    return others;
}

}  // namespace ajour::cli
