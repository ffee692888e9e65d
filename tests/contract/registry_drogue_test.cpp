// SPDX-License-Identifier: Apache-2.0
#include <ajour/sdk/testing/descriptor_contract.hpp>
#include <ajour/sdk/testing/fake_host.hpp>
#include <ajour/sdk/testing/lifecycle_contract.hpp>
#include <ajour/sdk/testing/registry_contract.hpp>

#include "support/drogue_cloud.hpp"
#include "support/places.hpp"

namespace {

using namespace ajour::sdk;
using namespace ajour::sdk::contract;

struct DrogueSubject {
    DrogueSubject() {
        cloud.add_application("app");
        cloud.add_device("app", "device");
    }
    PluginFile plugin() { return file; }
    std::unique_ptr<RegistryPort> create() { return file.create<Registry>(host); }
    DeviceId known() { return {"app", "device"}; }

    ajour::support::DrogueCloud cloud;
    PluginFile file{AJOUR_BINARY_DIR "/plugins/ajour-registry-drogue.so"};
    FakeHost host{file.descriptor().settings,
                  {{"url", cloud.url()}, {"plain", "true"}, {"user", "user"}, {"token", "token"}}};
};

INSTANTIATE_TYPED_TEST_SUITE_P(RegistryDrogue, DescriptorContract, DrogueSubject);
INSTANTIATE_TYPED_TEST_SUITE_P(RegistryDrogue, LifecycleContract, DrogueSubject);
INSTANTIATE_TYPED_TEST_SUITE_P(RegistryDrogue, RegistryContract, DrogueSubject);

}  // namespace
