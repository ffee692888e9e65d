// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <array>
#include <chrono>
#include <compare>
#include <cstdint>
#include <optional>
#include <string>
#include <variant>

namespace ajour::sdk {

/// A SHA-256 digest (FIPS 180-4), most significant byte first.
struct Sha256 {
    std::array<std::uint8_t, 32> bytes{};

    /// 64 lower-case hexadecimal digits.
    std::string hex() const {
        constexpr char digits[] = "0123456789abcdef";
        std::string text;
        text.reserve(64);
        for (const auto byte : bytes) {
            text.push_back(digits[byte >> 4]);
            text.push_back(digits[byte & 15]);
        }
        return text;
    }

    friend auto operator<=>(const Sha256&, const Sha256&) = default;
    friend bool operator==(const Sha256&, const Sha256&) = default;
};

/// What an application or a device was configured to run: one source, and that source's own words.
struct Target {
    std::string application;  ///< whose target it is; part of what the host remembers it by
    std::string source;       ///< the key under `spec.firmware`: "file", "container", "hawkbit"
    std::string spec;  ///< the JSON text of that key's value; hostile until the source checked it

    friend bool operator==(const Target&, const Target&) = default;
};

/// A concrete image that the host has in its store, verified.
struct Release {
    std::string version;     ///< opaque bytes, 1 to 255; embedded-update devices hold at most 16
    std::uint64_t size = 0;  ///< bytes, 1 to 2^32 - 1
    Sha256 sha256;
};

/// How far a device may go with an offer now.
enum class Permit : std::uint8_t {
    Nothing,  ///< neither blocks nor swap: a closed maintenance window
    Write,    ///< blocks, but no swap: download-only
    Swap,     ///< all of it
};

/// What a source has for a target. What it cannot know beforehand stays empty: the host measures
/// it.
struct Offer {
    std::string version;                ///< as Release::version
    std::optional<std::uint64_t> size;  ///< bytes; checked against the fetched image when given
    std::optional<Sha256> sha256;       ///< checked likewise; images are fetched once per digest
    std::string
        origin;  ///< the source's own locator, given back to `fetch`; never shown to devices
    Permit permit = Permit::Swap;
    /// The source's own word for this roll-out (a hawkBit action id), or empty. What a roll-out
    /// permits it may take back: its permit ends with `fresh_for`, give or take a second, unless
    /// the source says it again.
    std::string assignment;
    std::string warning;  ///< shown on the device's status, or empty
    std::chrono::seconds fresh_for{
        0};  ///< how long the host may go without asking; 0: its own setting
};

/// The source has nothing yet: a build runs, a server did not answer. The device is told to wait.
struct NotYet {
    std::chrono::seconds retry_after{0};  ///< 0: the host's own back-off
    std::string reason;
};

/// The source has nothing for this device, and that is no fault.
struct Nothing {
    std::chrono::seconds poll{0};  ///< when the device should ask again; 0: the host's own setting
};

/// A source's answer.
using Resolution = std::variant<Offer, NotYet, Nothing>;

}  // namespace ajour::sdk
