// SPDX-License-Identifier: Apache-2.0
// What hawkBit wants a device to run, as deploymentBase, confirmationBase and installedBase say it.
// Pure.
#pragma once

#include <ajour/sdk/result.hpp>

#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace ajour::hawkbit {

/// Hashes of a file in lower-case hexadecimal digits; empty ones were not given.
struct Hashes {
    std::string sha256, sha1, md5;

    bool none() const { return sha256.empty() && sha1.empty() && md5.empty(); }
    friend bool operator==(const Hashes&, const Hashes&) = default;
};

struct Artifact {
    std::string filename;
    std::optional<std::uint64_t> size;
    Hashes hashes;
    std::string url;  ///< absolute; `download` before `download-http`; may be empty
};

/// A software module.
struct Chunk {
    std::string part;  ///< its type, as hawkBit's DDI names it
    std::string version, name;
    std::vector<Artifact> artifacts;
    std::map<std::string, std::string> metadata;
};

enum class Handling : std::uint8_t { Forced, Attempt, Skip };
enum class Window : std::uint8_t { None, Open, Closed };

struct Deployment {
    std::string id;
    Handling download = Handling::Forced, update = Handling::Forced;
    Window window = Window::None;
    std::vector<Chunk> chunks;
};

/// `what` is the member that has it: "deployment" or "confirmation".
sdk::Result<Deployment> parse_deployment(std::string_view text, const char* what);

}  // namespace ajour::hawkbit
