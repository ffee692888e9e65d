// SPDX-License-Identifier: Apache-2.0
#include <ajour/sdk/plugin.hpp>

#include <stdexcept>

using namespace ajour::sdk;

namespace {

class ThrowingRegistry : public Registry {
public:
    explicit ThrowingRegistry(Host&) {}
    Result<void> start(Changes&) override { throw std::runtime_error("a tantrum"); }
    void stop() override { throw std::runtime_error("a tantrum"); }
    Result<DeviceRecord> look_up(const DeviceId&) override {
        throw std::runtime_error("a tantrum");
    }
    Result<void> report(std::span<const Report>) override { throw std::runtime_error("a tantrum"); }
};

}  // namespace

AJOUR_PLUGIN(ThrowingRegistry, "1.0", "Throws everywhere", nullptr);
