// SPDX-License-Identifier: Apache-2.0
// Keeps what it is given.
#pragma once

#include "courier.hpp"

#include <utility>
#include <vector>

namespace ajour::lorawan {

class KeepingCourier final : public Courier {
public:
    void send(Letter letter) noexcept override { letters.push_back(std::move(letter)); }

    std::vector<Letter> letters;
};

}  // namespace ajour::lorawan
