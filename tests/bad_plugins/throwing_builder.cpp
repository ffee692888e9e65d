// SPDX-License-Identifier: Apache-2.0
#include <ajour/sdk/plugin.hpp>

#include <stdexcept>

using namespace ajour::sdk;

namespace {

class ThrowingBuilder : public Builder {
public:
    explicit ThrowingBuilder(Host&) {}
    Result<void> start() override { throw std::runtime_error("a tantrum"); }
    void stop() override { throw std::runtime_error("a tantrum"); }
    Result<BuildId> begin(const BuildRequest&) override { throw std::runtime_error("a tantrum"); }
    Result<BuildState> look(const BuildId&) override { throw std::runtime_error("a tantrum"); }
    Result<void> log(const BuildId&, ByteSink&, std::uint64_t) override {
        throw std::runtime_error("a tantrum");
    }
    Result<void> cancel(const BuildId&) override { throw std::runtime_error("a tantrum"); }
};

}  // namespace

AJOUR_PLUGIN(ThrowingBuilder, "1.0", "Throws everywhere", nullptr);
