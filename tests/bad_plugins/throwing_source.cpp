// SPDX-License-Identifier: Apache-2.0
#include <ajour/sdk/plugin.hpp>

#include <stdexcept>

using namespace ajour::sdk;

namespace {

class ThrowingSource : public Source {
public:
    explicit ThrowingSource(Host&) {}
    SourceTraits traits() override { throw std::runtime_error("a tantrum"); }
    Result<void> start() override { throw std::runtime_error("a tantrum"); }
    void stop() override { throw std::runtime_error("a tantrum"); }
    Result<Resolution> resolve(const ResolveRequest&) override {
        throw std::runtime_error("a tantrum");
    }
    Result<void> fetch(const Offer&, ByteSink&, std::uint64_t) override {
        throw std::runtime_error("a tantrum");
    }
    Result<void> observe(const Observation&) override { throw std::runtime_error("a tantrum"); }
};

}  // namespace

AJOUR_PLUGIN(ThrowingSource, "1.0", "Throws everywhere", nullptr);
