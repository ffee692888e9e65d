// SPDX-License-Identifier: Apache-2.0
// A stock device whose target changes half way, at every offset: it never boots anything but a
// whole image.
#include "unit/update/stock_device.hpp"

#include "support/step_text.hpp"
#include "update/flight.hpp"

#include <gtest/gtest.h>

namespace ajour::update {

namespace {

struct Published {
    sdk::Release release;
    std::vector<std::uint8_t> bytes;
};

Published publish(std::string version, std::uint8_t first, std::size_t size) {
    Published published{{std::move(version), size, {}}, {}};
    published.release.sha256.bytes[0] = first;
    for (std::size_t i = 0; i < size; ++i) {
        published.bytes.push_back(static_cast<std::uint8_t>(first + i % 50));
    }
    return published;
}

/// The server's side, with all that it may remember.
class Server {
public:
    Server(Published first, Retarget policy) : target_(std::move(first)) {
        limits_.retarget = policy;
    }

    void retarget(Published next, bool withdraw) {
        if (!withdraw) previous_ = target_;
        target_ = std::move(next);
    }

    Step turn(StockDevice& device) {
        const auto claim = device.claim();
        hear(flight_, claim);
        const auto step = decide(situation(claim));
        if (const auto* block = std::get_if<NeedBlock>(&step)) {
            const auto& image = published(block->image);
            follow_choice(block->image, step);
            const auto begin = image.bytes.begin() + block->offset;
            (void)device.write(image.release.version, block->offset,
                               {begin, begin + block->length});
        } else if (const auto* complete = std::get_if<Complete>(&step)) {
            const auto& image = published(complete->image);
            follow_choice(complete->image, step);
            device.swap(image.release.version);
            EXPECT_EQ(device.booted(), image.bytes) << "booted something else than was published";
        }
        return step;
    }

    const Published& target() const { return target_; }

private:
    bool is_previous(const Claim& claim) const {
        return previous_ && flight_.is_of(previous_->release.sha256) &&
               claim.writing == std::string_view(flight_.version);
    }
    Situation situation(const Claim& claim) const {
        Situation situation;
        situation.claim = claim;
        situation.limits = limits_;
        situation.target = seen_through(flight_, target_.release, sdk::Permit::Swap);
        if (is_previous(claim)) situation.previous = seen_again(flight_, sdk::Permit::Swap);
        return situation;
    }
    const Published& published(Choice choice) const {
        return choice == Choice::Target ? target_ : *previous_;
    }
    void follow_choice(Choice choice, const Step& step) {
        if (choice == Choice::Target) {
            follow(flight_, step, target_.release);
        } else {
            follow_again(flight_, step);
        }
    }

    Published target_;
    std::optional<Published> previous_;
    Limits limits_;
    Flight flight_;
};

struct Case {
    Retarget policy;
    bool withdraw;
    const char* next_version;
    std::uint32_t mtu;
};

/// Takes turns, and power-cycles the device when it is told that it must restart; gives how often
/// it was.
int update_to_the_end(Server& server, StockDevice& device) {
    int restarts = 0;
    for (int turns = 0; turns < 2000; ++turns) {
        const auto step = server.turn(device);
        if (std::holds_alternative<InSync>(step)) return restarts;
        if (std::holds_alternative<Later>(step)) {
            EXPECT_EQ(std::get<Later>(step).cause, Cause::MustRestart);
            device.reboot();
            ++restarts;
        }
    }
    ADD_FAILURE() << "the update does not end";
    return restarts;
}

void retarget_after(std::uint32_t blocks, const Case& given, std::uint8_t next_digest) {
    Server server(publish("2", 10, 600), given.policy);
    StockDevice device(given.mtu);
    for (std::uint32_t i = 0; i < blocks; ++i) server.turn(device);
    server.retarget(publish(given.next_version, next_digest, 777), given.withdraw);
    const int restarts = update_to_the_end(server, device);
    EXPECT_EQ(device.running(), server.target().release.version);
    const bool finishes = given.policy == Retarget::Finish && !given.withdraw;
    EXPECT_LE(restarts, finishes ? 0 : 1);
}

class StockDeviceTest : public testing::TestWithParam<Case> {};

TEST_P(StockDeviceTest, never_boots_a_hole_when_the_target_changes_after_any_block) {
    const auto blocks = 600 / GetParam().mtu + 3;
    for (std::uint32_t after = 0; after < blocks; ++after) {
        SCOPED_TRACE("after " + std::to_string(after) + " blocks");
        retarget_after(after, GetParam(), 100);
    }
}

INSTANTIATE_TEST_SUITE_P(Policies, StockDeviceTest,
                         testing::Values(Case{Retarget::Finish, false, "3", 64},
                                         Case{Retarget::Finish, true, "3", 64},
                                         Case{Retarget::Restart, false, "3", 64},
                                         Case{Retarget::Restart, false, "3", 4},
                                         Case{Retarget::Restart, false, "3", 8},
                                         Case{Retarget::Restart, true, "3", 512}));

TEST(StockDevice, takes_an_update_from_the_first_block_to_the_swap) {
    Server server(publish("2", 10, 601), Retarget::Finish);
    StockDevice device(64);
    EXPECT_EQ(update_to_the_end(server, device), 0);
    EXPECT_EQ(device.running(), "2");
}

TEST(StockDevice, keeps_its_offset_through_start_as_the_original_does) {
    StockDevice device(64);
    EXPECT_TRUE(device.write("2", 0, std::vector<std::uint8_t>(64)));
    EXPECT_FALSE(device.write("3", 0, std::vector<std::uint8_t>(64)));
    EXPECT_EQ(device.claim().writing, "3");
    EXPECT_EQ(device.claim().offset, 64U);
}

}  // namespace

}  // namespace ajour::update
