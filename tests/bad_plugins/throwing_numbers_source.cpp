// SPDX-License-Identifier: Apache-2.0
#include <ajour/sdk/plugin.hpp>

using namespace ajour::sdk;

namespace {

class ThrowingNumbersSource : public Source {
public:
    explicit ThrowingNumbersSource(Host&) {}
    SourceTraits traits() override { throw 42; }
    Result<void> start() override { throw 42; }
    void stop() override { throw 42; }
    Result<Resolution> resolve(const ResolveRequest&) override { throw 42; }
    Result<void> fetch(const Offer&, ByteSink&, std::uint64_t) override { throw 42; }
    Result<void> observe(const Observation&) override { throw 42; }
};

}  // namespace

AJOUR_PLUGIN(ThrowingNumbersSource, "1.0", "Throws numbers everywhere", nullptr);
