// SPDX-License-Identifier: Apache-2.0
#include <ajour/sdk/testing/descriptor_contract.hpp>
#include <ajour/sdk/testing/fake_host.hpp>
#include <ajour/sdk/testing/lifecycle_contract.hpp>
#include <ajour/sdk/testing/source_contract.hpp>

#include "support/oci_push.hpp"
#include "support/oci_registry.hpp"
#include "support/places.hpp"

namespace {

using namespace ajour::sdk;
using namespace ajour::sdk::contract;

/// Two releases in one docker-registry, for all tests of the program.
const ajour::support::OciRegistry& registry() {
    static ajour::support::OciRegistry registry;
    static const bool pushed = [] {
        ajour::support::OciPusher pusher("http://" + registry.host());
        pusher.artifact("acme/fw", "1.0.1", std::string(150'000, 'f'));
        pusher.artifact("acme/other", "2.0.0", "a small one");
        return true;
    }();
    (void)pushed;
    return registry;
}

struct Installed : ::testing::Environment {
    void SetUp() override {
        if (!ajour::support::has_oci_registry()) GTEST_SKIP() << "there is no docker-registry";
    }
};
const auto* const installed = ::testing::AddGlobalTestEnvironment(new Installed);

struct OciSubject {
    PluginFile plugin() { return file; }
    std::unique_ptr<SourcePort> create() { return file.create<Source>(host); }

    static ResolveRequest request(std::string spec) {
        ResolveRequest request;
        request.target = {"app", "container", std::move(spec)};
        request.device = {"app", "device"};
        return request;
    }
    ResolveRequest known() { return request(R"({"image":"fw:1.0.1"})"); }
    ResolveRequest other() { return request(R"({"image":"other:2.0.0"})"); }

    PluginFile file{AJOUR_BINARY_DIR "/plugins/ajour-source-oci.so"};
    FakeHost host{file.descriptor().settings,
                  {{"prefix", registry().host() + "/acme/"}, {"plain", "true"}}};
};

INSTANTIATE_TYPED_TEST_SUITE_P(SourceOci, DescriptorContract, OciSubject);
INSTANTIATE_TYPED_TEST_SUITE_P(SourceOci, LifecycleContract, OciSubject);
INSTANTIATE_TYPED_TEST_SUITE_P(SourceOci, SourceContract, OciSubject);

}  // namespace
