// SPDX-License-Identifier: Apache-2.0
#include <ajour/sdk/testing/descriptor_contract.hpp>
#include <ajour/sdk/testing/fake_host.hpp>
#include <ajour/sdk/testing/lifecycle_contract.hpp>
#include <ajour/sdk/testing/source_contract.hpp>

namespace {

using namespace ajour::sdk;
using namespace ajour::sdk::contract;

// How the suites get at the plugin: the file as built, a host with settings, and what it can be
// asked for.
struct HelloSubject {
    PluginFile plugin() { return PluginFile(HELLO_PLUGIN); }
    std::unique_ptr<SourcePort> create() { return file.create<Source>(host); }

    static ResolveRequest request(std::string spec) {
        ResolveRequest request;
        request.target = {"an-application", "hello", std::move(spec)};
        request.device = {"an-application", "a-device"};
        return request;
    }
    ResolveRequest known() { return request(R"({"to": "world"})"); }
    ResolveRequest other() { return request(R"({"to": "moon"})"); }

    PluginFile file{HELLO_PLUGIN};
    FakeHost host{file.descriptor().settings, {{"greeting", "Good morning"}}};
};

TEST(Hello, greets_by_its_setting) {
    HelloSubject subject;
    const auto source = subject.create();
    const auto resolution = source->try_resolve(subject.known());
    ASSERT_TRUE(resolution) << resolution.error().text;
    MemorySink sink;
    ASSERT_TRUE(source->try_fetch(std::get<Offer>(*resolution), sink, 0));
    EXPECT_EQ(text_of(sink.bytes()), "Good morning, world!\n");
}

INSTANTIATE_TYPED_TEST_SUITE_P(Hello, DescriptorContract, HelloSubject);
INSTANTIATE_TYPED_TEST_SUITE_P(Hello, LifecycleContract, HelloSubject);
INSTANTIATE_TYPED_TEST_SUITE_P(Hello, SourceContract, HelloSubject);

}  // namespace
