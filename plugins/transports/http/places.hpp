// SPDX-License-Identifier: Apache-2.0
// The places that connections.max allows, and who holds them.
#pragma once

#include <ajour/sdk/host.hpp>

#include "address_shares.hpp"

#include <cstddef>
#include <memory>
#include <mutex>
#include <optional>
#include <utility>

namespace ajour::http {

class Place;

/// Shared with the places that are taken. Thread-safe.
class Places : public std::enable_shared_from_this<Places> {
public:
    enum class Refusal : unsigned char { Full, OverShare };

    /// `taken` shows how many are.
    Places(std::size_t places, unsigned percent, sdk::Metric& taken)
        : places_(places), shares_(places, percent), taken_metric_(taken) {}

    /// One of the places, until it is destroyed; nothing when there is none for
    /// that address.
    std::optional<Place> take(const sender::Address& address, Refusal& refusal);

private:
    friend class Place;
    void give_back(const sender::Address& address) noexcept;

    const std::size_t places_;
    std::mutex mutex_;  // guards shares_ and taken_
    sender::AddressShares shares_;
    std::size_t taken_ = 0;
    sdk::Metric& taken_metric_;
};

class Place {
public:
    Place(std::shared_ptr<Places> places, const sender::Address& address) noexcept
        : places_(std::move(places)), address_(address) {}
    Place(Place&&) noexcept = default;
    Place& operator=(Place&&) = delete;
    ~Place() {
        if (places_) places_->give_back(address_);
    }

private:
    std::shared_ptr<Places> places_;
    sender::Address address_;
};

}  // namespace ajour::http
