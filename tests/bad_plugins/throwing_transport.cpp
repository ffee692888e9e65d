// SPDX-License-Identifier: Apache-2.0
#include <ajour/sdk/plugin.hpp>

#include <stdexcept>

using namespace ajour::sdk;

namespace {

class ThrowingTransport : public Transport {
public:
    explicit ThrowingTransport(Host&) {}
    Result<void> start(Inbox&) override { throw std::runtime_error("a tantrum"); }
    void stop() override { throw std::runtime_error("a tantrum"); }
};

}  // namespace

AJOUR_PLUGIN(ThrowingTransport, "1.0", "Throws everywhere", nullptr);
