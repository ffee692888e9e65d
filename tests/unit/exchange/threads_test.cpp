// SPDX-License-Identifier: Apache-2.0
// Several threads, many devices, targets and registries that change under them: each device ends
// right.
#include "unit/exchange/exchange_fixture.hpp"

#include <random>
#include <thread>

namespace ajour::exchange {

namespace {

constexpr int thread_count = 4;
constexpr int devices_per_thread = 25;

class ThreadsTest : public ExchangeTest {
protected:
    ThreadsTest() : ExchangeTest(limits()) {}
    static support::EngineLimits limits() {
        support::EngineLimits limits;
        limits.fleet.fresh = std::chrono::milliseconds(0);
        limits.catalog.fresh = std::chrono::milliseconds(0);
        limits.catalog.backoff = std::chrono::milliseconds(0);
        return limits;
    }
    static sdk::DeviceId id_of(int number) { return {"app", "dev-" + std::to_string(number)}; }

    /// Asks until it swaps, like a device: a refusal or a wait is followed by asking again.
    void update(const sdk::DeviceId& id) {
        sdk::Bytes flash;
        support::DeviceStatus status{"1", 512, {}, {}, 0};
        for (int turns = 0; turns < 10'000; ++turns) {
            const auto command = engine.ask(id, status);
            if (command.kind == Kind::Swap) {
                EXPECT_EQ(text(flash), text(image_of(command.version)));
                return;
            }
            if (command.kind != Kind::Write) continue;
            if (command.offset == 0) flash.clear();
            if (command.offset != flash.size()) continue;
            flash.insert(flash.end(), command.data.begin(), command.data.end());
            status.writing = command.version;
            status.offset = static_cast<std::uint32_t>(flash.size());
        }
        ADD_FAILURE() << id.text() << " does not come to an end";
    }
    const sdk::Bytes& image_of(const std::string& version) const {
        return version == "2" ? image : other_image;
    }

    const sdk::Bytes other_image = support::sample_image(3001, 9);
};

TEST_F(ThreadsTest, every_device_gets_whole_images_while_everything_changes) {
    for (int i = 0; i < thread_count * devices_per_thread; ++i)
        engine.registry.put_device(id_of(i));
    std::jthread disturber([this](const std::stop_token& stopping) {
        for (int i = 0; !stopping.stop_requested(); ++i) {
            if (i % 2 == 0) {
                engine.source.offer("\"main\"", "2", image);
            } else {
                engine.source.offer("\"main\"", "3", other_image);
            }
            if (i % 3 == 0) engine.fleet().application_changed("app");
            if (i % 3 == 1) engine.fleet().device_changed(id_of(i % 50));
            engine.exchange().answer_overdue();
            engine.clock.advance(std::chrono::milliseconds(100));
            engine.reporter().flush();
            std::this_thread::sleep_for(std::chrono::milliseconds(1));
        }
    });
    {
        std::vector<std::jthread> threads;
        for (int t = 0; t < thread_count; ++t) {
            threads.emplace_back([this, t] {
                for (int i = 0; i < devices_per_thread; ++i)
                    update(id_of(t * devices_per_thread + i));
            });
        }
    }
    disturber.request_stop();
    disturber.join();
    EXPECT_EQ(engine.metrics.parked_now.value(), 0);
}

TEST_F(ThreadsTest, many_who_speak_for_one_device_at_once_are_all_answered_once) {
    std::vector<std::vector<support::RecordingReply>> replies(thread_count);
    {
        std::vector<std::jthread> threads;
        for (auto& mine : replies) {
            threads.emplace_back([this, &mine] {
                for (int i = 0; i < 200; ++i) mine.push_back(engine.submit(device, first));
            });
        }
    }
    for (const auto& mine : replies) {
        for (const auto& reply : mine) ASSERT_TRUE(reply.await_answer());
    }
    ASSERT_TRUE(support::await([this] { return engine.metrics.parked_now.value() == 0; }));
    for (const auto& mine : replies) {
        for (const auto& reply : mine) EXPECT_EQ(reply.count(), 1);
    }
}

}  // namespace

}  // namespace ajour::exchange
