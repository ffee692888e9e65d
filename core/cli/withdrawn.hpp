// SPDX-License-Identifier: Apache-2.0
// Which images the server serves to no device, and what an operator should hear of that.
#pragma once

#include <ajour/sdk/release.hpp>

#include "cli/options.hpp"
#include "cli/release_files.hpp"

#include <optional>
#include <set>
#include <string>
#include <string_view>
#include <vector>

namespace ajour::cli {

/// Where the admin API has them.
std::string withdrawn_path();

class Withdrawn {
public:
    /// Asks the server; one that cannot be asked leaves open what is withdrawn.
    static Withdrawn ask(const Options& options);

    explicit Withdrawn(std::set<std::string> digests) : digests_(std::move(digests)) {}
    static Withdrawn unknown(std::string reason);

    /// By the SHA-256 in hexadecimal; nothing when that is open.
    std::optional<bool> contains(const std::string& sha256) const;
    const std::string& reason() const noexcept { return reason_; }

private:
    Withdrawn() = default;

    std::optional<std::set<std::string>> digests_;
    std::string reason_;  // why it is open
};

/// "withdrawn", nothing, or "?".
std::string word_of(std::optional<bool> withdrawn);

/// The names of the other releases that are the same image, with their versions.
std::vector<std::string> others_of_image(const std::vector<ReleaseFile>& releases,
                                         std::string_view name, const sdk::Sha256& image);

}  // namespace ajour::cli
