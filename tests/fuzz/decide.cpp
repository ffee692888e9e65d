// SPDX-License-Identifier: Apache-2.0
// Any sequence of statuses, retargets and restarts of the server against the decision and its
// memory: no step breaks a rule, and no block leaves a hole in what this server itself began.
#include "protocol/status.hpp"
#include "support/step_rules.hpp"
#include "update/flight.hpp"

#include <cstdlib>

namespace {

using namespace ajour;

void require(bool holds) {
    if (!holds) std::abort();
}

/// The input as numbers; zeros when it ends.
class Input {
public:
    Input(const std::uint8_t* data, std::size_t size) : bytes_(data, size) {}
    bool ended() const { return bytes_.empty(); }
    std::uint8_t byte() {
        if (bytes_.empty()) return 0;
        const auto first = bytes_.front();
        bytes_ = bytes_.subspan(1);
        return first;
    }
    std::uint32_t number() {
        constexpr std::uint32_t edges[] = {0, 1, 7, 8, 512, 0xfffffffe, 0xffffffff};
        const auto choice = byte();
        if (choice < std::size(edges)) return edges[choice];
        return choice < 128 ? choice * 8U : byte() * 256U + byte();
    }
    sdk::ByteView bytes() {
        const std::size_t asked = byte();
        const auto taken = bytes_.first(std::min(asked, bytes_.size()));
        bytes_ = bytes_.subspan(taken.size());
        return taken;
    }

private:
    sdk::ByteView bytes_;
};

/// Four releases; the first two share a version.
sdk::Release release_of(unsigned number) {
    constexpr const char* versions[] = {"1", "1", "2", ""};
    constexpr std::uint64_t sizes[] = {1000, 1300, 13, 0xffffffff};
    sdk::Release release{versions[number % 4], sizes[number % 4], {}};
    release.sha256.bytes[0] = static_cast<std::uint8_t>(number % 4 + 1);
    return release;
}

class Server {
public:
    void turn(const update::Claim& claim, Input& input) {
        update::hear(flight_, claim);
        const auto situation = situation_of(claim, input);
        const auto step = update::decide(situation);
        require(support::broken_rule(situation, step).empty());
        if (const auto* block = std::get_if<update::NeedBlock>(&step)) note(*block);
        if (is_previous(step)) return update::follow_again(flight_, step);
        update::follow(flight_, step, target_);
    }
    void retarget(unsigned number) { target_ = release_of(number); }
    void restart() {
        flight_.from_start = false;
        flight_.served = 0;
        served_.reset();
    }

private:
    update::Situation situation_of(const update::Claim& claim, Input& input) const {
        update::Situation situation;
        const auto bits = input.byte();
        situation.claim = claim;
        situation.limits.retarget =
            (bits & 1) != 0 ? update::Retarget::Restart : update::Retarget::Finish;
        const auto permit = (bits & 6) == 6 ? sdk::Permit::Write : sdk::Permit::Swap;
        if ((bits & 0x18) != 0x18)
            situation.target = update::seen_through(flight_, target_, permit);
        if ((bits & 0x20) != 0) situation.room = update::Room{input.number(), input.number()};
        const bool other = !flight_.version.empty() && !flight_.is_of(target_.sha256);
        if (other && (bits & 0x40) == 0) situation.previous = update::seen_again(flight_, permit);
        return situation;
    }
    static bool is_previous(const update::Step& step) {
        const auto* block = std::get_if<update::NeedBlock>(&step);
        const auto* complete = std::get_if<update::Complete>(&step);
        return (block != nullptr && block->image == update::Choice::Previous) ||
               (complete != nullptr && complete->image == update::Choice::Previous);
    }
    /// Keeps a record of its own of how far each image was served from its first byte.
    void note(const update::NeedBlock& block) {
        const auto digest = block.image == update::Choice::Target ? target_.sha256 : flight_.sha256;
        if (!flight_.is_of(digest) || served_of_ != digest) {
            served_of_ = digest;
            served_.reset();
            if (block.offset == 0 && !flight_.is_of(digest)) served_ = 0;
        }
        if (!served_) return;
        require(block.offset <= *served_);
        served_ = std::max(*served_, block.offset + block.length);
    }

    sdk::Release target_ = release_of(0);
    update::Flight flight_;
    sdk::Sha256 served_of_;
    std::optional<std::uint32_t> served_;
};

void take_turn(Server& server, const protocol::Status& status, Input& input) {
    update::Claim claim;
    claim.running = status.version.text();
    claim.mtu = status.mtu;
    if (status.update) {
        claim.writing = status.update->version.text();
        claim.offset = status.update->offset;
    }
    server.turn(claim, input);
}

protocol::Status made_status(Input& input) {
    constexpr std::string_view versions[] = {"0", "1", "2", ""};
    protocol::Status status;
    const auto bits = input.byte();
    status.version = protocol::Version(versions[bits & 3]);
    if ((bits & 4) != 0) status.mtu = input.number();
    if ((bits & 8) != 0) {
        status.update.emplace();
        status.update->version = protocol::Version(versions[(bits >> 4) & 3]);
        status.update->offset = input.number();
    }
    return status;
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    Input input(data, size);
    Server server;
    for (int actions = 0; actions < 200 && !input.ended(); ++actions) {
        const auto action = input.byte();
        if (action < 16) {
            server.retarget(action);
        } else if (action < 24) {
            server.restart();
        } else if (action < 40) {
            if (const auto status = protocol::decode_status(input.bytes()))
                take_turn(server, *status, input);
        } else {
            take_turn(server, made_status(input), input);
        }
    }
    return 0;
}
