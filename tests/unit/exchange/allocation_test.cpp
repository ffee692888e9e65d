// SPDX-License-Identifier: Apache-2.0
// A turn that finds all in memory takes nothing from the heap.
#include "support/count_allocations.hpp"
#include "unit/exchange/exchange_fixture.hpp"

namespace ajour::exchange {

namespace {

class QuietReply final : public sdk::Reply {
public:
    void send(sdk::ByteView command) noexcept override { sent += command.size(); }
    void refuse(sdk::ErrorKind) noexcept override { refused = true; }
    std::unique_ptr<sdk::Reply> later() noexcept override { return nullptr; }

    std::size_t sent = 0;
    bool refused = false;
};

class AllocationTest : public ExchangeTest {
protected:
    void SetUp() override {
        ExchangeTest::SetUp();
        engine.registry.put_device(long_named);
        for (const auto& id : {device, long_named}) {
            ASSERT_EQ(engine.ask(id, first).kind, Kind::Write);
            count(id, first);  // what a thread's first turn takes is its own
        }
    }
    std::size_t count(const sdk::DeviceId& id, const support::DeviceStatus& status,
                      std::uint32_t room = 0) {
        const auto payload = support::bytes_of(status);
        const sdk::Message message{id,      id,   {sdk::Credential::Kind::Password, {}, "secret"},
                                   payload, room, "192.0.2.1"};
        QuietReply reply;
        const auto before = support::allocations();
        engine.exchange().submit(message, reply);
        const auto after = support::allocations();
        EXPECT_FALSE(reply.refused);
        EXPECT_GT(reply.sent, 0U);
        return after - before;
    }

    const sdk::DeviceId long_named{"an application with a long name", "a device with a long name"};
};

TEST_F(AllocationTest, is_counted_here) {
    const auto before = support::allocations();
    auto* made = new std::string(100, 'x');
    EXPECT_GE(support::allocations(), before + 2);
    delete made;
}

TEST_F(AllocationTest, is_none_for_a_block_a_swap_a_wait_and_a_sync) {
    for (const auto& id : {device, long_named}) {
        engine.reporter().flush();
        EXPECT_EQ(count(id, first), 0U);
        for (std::uint32_t offset = 512; offset < 4000; offset += 512) {
            EXPECT_EQ(count(id, {"1", 512, 7, "2", offset}), 0U) << offset;
        }
        EXPECT_EQ(count(id, {"1", 512, {}, "2", 4000}), 0U);
        EXPECT_EQ(count(id, {"1", 512, {}, "2", 4001}), 0U);
        EXPECT_EQ(count(id, {"2", 512, {}, {}, 0}), 0U);
    }
}

TEST_F(AllocationTest, is_none_for_a_block_that_is_cut_to_a_link) {
    for (const std::uint32_t room : {51U, 115U, 222U}) EXPECT_EQ(count(device, first, room), 0U);
}

TEST_F(AllocationTest, is_none_for_a_block_of_what_has_no_successor) {
    engine.registry.put(device, R"({"metadata":{"name":"dev"},"spec":{)"
                                R"("authentication":{"credentials":[{"pass":"secret"}]}}})");
    engine.fleet().device_changed(device);
    ASSERT_EQ(engine.ask(device, {"1", 512, {}, "2", 512}).kind, Kind::Write);
    for (std::uint32_t offset = 1024; offset < 4000; offset += 512) {
        EXPECT_EQ(count(device, {"1", 512, 7, "2", offset}), 0U) << offset;
    }
    EXPECT_EQ(count(device, {"1", 512, {}, "2", 4000}), 0U);
}

TEST_F(AllocationTest, is_none_for_the_first_turn_after_a_flush) {
    engine.ask(long_named, {"1", 512, {}, "2", 512});
    engine.reporter().flush();
    EXPECT_EQ(count(long_named, {"1", 512, {}, "2", 1024}), 0U);
}

}  // namespace

}  // namespace ajour::exchange
