// SPDX-License-Identifier: Apache-2.0
// What becomes of those who are refused: the brake counts them, and the log names them, with
// device, address and reason.
#pragma once

#include <ajour/sdk/transport.hpp>

#include "exchange/brake.hpp"
#include "work/notices.hpp"

#include <string_view>

namespace ajour::exchange {

/// Thread-safe.
class Refusals {
public:
    /// `notices` may be null: nobody is named then.
    Refusals(const Brake::Limits& limits, const work::Clock& clock, work::Notices* notices)
        : brake_(limits, clock), window_(limits.window), notices_(notices) {}

    Brake& brake() noexcept { return brake_; }

    /// A credential was wrong. `what` is "refused a status", "refused a login". [any]
    void refuse(std::string_view what, const sdk::Message& message,
                const sdk::Error& error) noexcept;
    /// The same of a handshake. [any]
    void refuse_key(const sdk::DeviceView& device, std::string_view peer) noexcept;
    /// A status could not be read; nobody knows yet whether it is of that device. [any]
    void report_malformed(const sdk::Message& message, const sdk::Error& error) noexcept;

private:
    void name(std::string_view what, const sdk::Message& message, std::string_view why) noexcept;
    void count(std::string_view peer) noexcept;

    Brake brake_;
    const std::chrono::milliseconds window_;
    work::Notices* const notices_;
};

}  // namespace ajour::exchange
