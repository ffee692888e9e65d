// SPDX-License-Identifier: Apache-2.0
// Time that a test can set. The decision knows no clock; lanes, ages and brakes do.
#pragma once

#include <chrono>

namespace ajour::work {

using Instant = std::chrono::steady_clock::time_point;

class Clock {
public:
    virtual ~Clock() = default;
    virtual Instant now() const noexcept = 0;
};

class SteadyClock final : public Clock {
public:
    Instant now() const noexcept override { return std::chrono::steady_clock::now(); }
};

}  // namespace ajour::work
