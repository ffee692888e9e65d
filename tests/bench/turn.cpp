// SPDX-License-Identifier: Apache-2.0
// The whole turn with everything in memory: decode, look up, decide, block, encode. Devices update
// themselves in blocks of 512 bytes, so that each turn changes what is remembered of its device.
#include "support/count_allocations.hpp"
#include "support/engine.hpp"

#include <benchmark/benchmark.h>

#include <array>
#include <charconv>

namespace ajour::bench {

namespace {

using Kind = sdk::Credential::Kind;

constexpr std::uint32_t block = 512;
constexpr std::uint32_t blocks = 128;

enum Pattern { WorkingSet, Uniform };

/// Counts what it is sent; the copy into a socket is the transport's.
class CountingReply final : public sdk::Reply {
public:
    void send(sdk::ByteView command) noexcept override {
        benchmark::DoNotOptimize(command.data());
        blocks += command.size() > block ? 1 : 0;
    }
    void refuse(sdk::ErrorKind) noexcept override {}
    std::unique_ptr<sdk::Reply> later() noexcept override { return nullptr; }

    std::size_t blocks = 0;
};

/// "device-0001234", made on the stack as a transport finds it in its buffer.
class Name {
public:
    explicit Name(std::size_t number) {
        for (std::size_t at = text_.size(); at-- > 7; number /= 10) {
            text_[at] = static_cast<char>('0' + number % 10);
        }
    }
    std::string_view view() const { return {text_.data(), text_.size()}; }

private:
    std::array<char, 14> text_{'d', 'e', 'v', 'i', 'c', 'e', '-'};
};

support::EngineLimits limits() {
    support::EngineLimits limits;
    limits.fleet.devices_max = 1'000'000;
    limits.fleet.fresh = limits.catalog.fresh = std::chrono::hours(1);
    limits.exchange.jitter = 10;
    return limits;
}

/// One engine for all runs, to which devices are added.
class Fleet {
public:
    Fleet() : engine_(limits(), &clock_) {
        engine_.source.offer("\"main\"", "1.0.1", support::sample_image(block * blocks));
        for (std::uint32_t i = 0; i < blocks; ++i) {
            payloads_[i] = support::bytes_of({"1.0.0", block, i, "1.0.1", i * block});
        }
    }

    void grow_to(std::size_t devices) {
        for (; devices_ < devices; ++devices_) {
            const Name name(devices_);
            const sdk::DeviceId id("app", std::string(name.view()));
            engine_.registry.put_device(id);
            for (const auto kind : {Kind::Password, Kind::Trusted}) {
                (void)engine_.fleet().admit({id, id, credential(kind), {}, 0, {}});
            }
            engine_.registry.remove(id);
            engine_.ask(id, {"1.0.0", block, {}, "1.0.1", block});
        }
    }
    void turn(std::size_t number, Kind kind, CountingReply& reply) {
        const Name name(number);
        const sdk::DeviceView device{"app", name.view()};
        const auto& payload = payloads_[++turns_ % blocks];
        engine_.exchange().submit({device, device, credential(kind), payload, 0, "192.0.2.1"},
                                  reply);
    }
    void flush() { engine_.reporter().flush(); }

private:
    static sdk::Credential credential(Kind kind) {
        return {kind, {}, kind == Kind::Password ? "secret" : ""};
    }

    work::SteadyClock clock_;
    support::Engine engine_;
    std::array<sdk::Bytes, blocks> payloads_;
    std::size_t devices_ = 0, turns_ = 0;
};

Fleet& fleet() {
    static Fleet fleet;
    return fleet;
}

/// Which device speaks next: in turn among a thousand spread over all, or any.
class Choice {
public:
    Choice(Pattern pattern, std::size_t devices)
        : pattern_(pattern), devices_(devices), active_(std::min<std::size_t>(devices, 1000)) {}
    std::size_t next() {
        if (pattern_ == WorkingSet) return (++count_ % active_) * (devices_ / active_);
        state_ = state_ * 6364136223846793005ULL + 1442695040888963407ULL;
        return static_cast<std::size_t>((state_ >> 32) * devices_ >> 32);
    }

private:
    Pattern pattern_;
    std::size_t devices_, active_;
    std::size_t count_ = 0;
    std::uint64_t state_ = 42;
};

void turn(benchmark::State& state, Kind kind) {
    const auto devices = static_cast<std::size_t>(state.range(0));
    fleet().grow_to(devices);
    Choice choice(static_cast<Pattern>(state.range(1)), devices);
    CountingReply reply;
    for (int i = 0; i < 1000; ++i) fleet().turn(choice.next(), kind, reply);
    reply.blocks = 0;
    const auto before = support::allocations();
    for (auto _ : state) fleet().turn(choice.next(), kind, reply);
    const auto taken = static_cast<double>(support::allocations() - before);
    const auto turns = static_cast<std::size_t>(state.iterations());
    state.counters["allocations"] = taken / static_cast<double>(turns);
    if (reply.blocks != turns) state.SkipWithError("not every turn was answered by a block");
    if (taken > 0) state.SkipWithError("a turn took memory from the heap");
    fleet().flush();
}

void password(benchmark::State& state) {
    turn(state, Kind::Password);
}
void trusted(benchmark::State& state) {
    turn(state, Kind::Trusted);
}

void all_sizes(benchmark::internal::Benchmark* each) {
    each->ArgNames({"devices", "uniform"});
    for (const int devices : {1, 1000, 1'000'000}) {
        for (const int pattern : {WorkingSet, Uniform}) each->Args({devices, pattern});
    }
}

BENCHMARK(password)->Apply(all_sizes);
BENCHMARK(trusted)->Apply(all_sizes);

}  // namespace

}  // namespace ajour::bench
