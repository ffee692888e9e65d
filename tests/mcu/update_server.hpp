// SPDX-License-Identifier: Apache-2.0
// The server's side of a turn, of the real pieces: decode, decide, encode. Everything is in memory.
#pragma once

#include <ajour/sdk/bytes.hpp>

#include "update/flight.hpp"

#include <map>
#include <string>

namespace ajour::test {

/// An image whose bytes look random and never repeat in a row; the same for the same arguments.
sdk::Bytes image_of(std::size_t size, unsigned seed = 1);

class UpdateServer {
public:
    /// Publishes an image and makes it the target.
    void publish(const std::string& version, sdk::Bytes image);

    /// Names a digest that the image does not have.
    void name_wrong_digest(const std::string& version);

    update::Limits& limits() { return limits_; }
    const sdk::Bytes& image(const std::string& version) const {
        return releases_.at(version).image;
    }

    /// The command for a status. Throws if the status cannot be read.
    sdk::Bytes answer(sdk::ByteView status);

    std::size_t turns() const { return turns_; }

private:
    struct Published {
        sdk::Release release;
        sdk::Bytes image;
    };

    update::Image seen(const Published& published) const;
    update::Situation situation(const update::Claim& claim) const;
    const Published& chosen(update::Choice choice, const update::Situation& situation) const;

    std::map<std::string, Published> releases_;
    std::string target_;
    update::Limits limits_;
    update::Flight flight_;
    std::size_t turns_ = 0;
};

}  // namespace ajour::test
