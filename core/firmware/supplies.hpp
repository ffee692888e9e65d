// SPDX-License-Identifier: Apache-2.0
// The targets in memory, each with its supply. Bounded: those that nobody else
// holds go, no matter where they lie. Guarded by its owner.
#pragma once

#include "firmware/supply.hpp"

#include <cstddef>
#include <memory>
#include <string>
#include <unordered_map>
#include <vector>

namespace ajour::firmware {

class Supplies {
public:
    using Holder = std::shared_ptr<Supply>;

    explicit Supplies(std::size_t max) : max_(max) {}

    /// Null: not there.
    Holder find(const std::string& key) const;
    void add(std::string key, Holder supply) { by_key_.emplace(std::move(key), std::move(supply)); }

    std::size_t size() const noexcept { return by_key_.size(); }
    bool is_full() const noexcept { return size() >= max_; }

    /// Takes out one that nobody else holds. Looks at some only, and goes on
    /// behind them at the next call; null: none among those.
    Holder take_one_idle();
    /// Takes out all that nobody else holds.
    std::vector<Holder> take_idle();
    std::vector<Holder> all() const;

private:
    const std::size_t max_;
    std::size_t hand_ = 0;  // the bucket at which take_one_idle goes on
    std::unordered_map<std::string, Holder> by_key_;
};

}  // namespace ajour::firmware
