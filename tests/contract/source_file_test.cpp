// SPDX-License-Identifier: Apache-2.0
#include <ajour/sdk/testing/descriptor_contract.hpp>
#include <ajour/sdk/testing/digest.hpp>
#include <ajour/sdk/testing/fake_host.hpp>
#include <ajour/sdk/testing/lifecycle_contract.hpp>
#include <ajour/sdk/testing/source_contract.hpp>

#include "support/places.hpp"
#include "support/temp_directory.hpp"

namespace {

using namespace ajour::sdk;
using namespace ajour::sdk::contract;

struct FileSubject {
    FileSubject() {
        publish("fw", "1.0.1", std::string(150'000, 'f'));
        publish("other", "2.0.0", "a small one");
    }

    void publish(const std::string& name, const std::string& version, const std::string& image) {
        temp.write(name + ".bin", image);
        temp.write(name + ".json", R"({"version":")" + version + R"(","size":)" +
                                       std::to_string(image.size()) + R"(,"checksum":")" +
                                       sha256_of(bytes_of(image)).hex() + R"("})");
    }

    PluginFile plugin() { return file; }
    std::unique_ptr<SourcePort> create() { return file.create<Source>(host); }

    static ResolveRequest request(std::string spec) {
        ResolveRequest request;
        request.target = {"app", "file", std::move(spec)};
        request.device = {"app", "device"};
        return request;
    }
    ResolveRequest known() { return request(R"({"name":"fw"})"); }
    ResolveRequest other() { return request(R"({"name":"other"})"); }

    ajour::support::TempDirectory temp;
    PluginFile file{AJOUR_BINARY_DIR "/plugins/ajour-source-file.so"};
    FakeHost host{file.descriptor().settings, {{"root", temp.path().string()}}};
};

INSTANTIATE_TYPED_TEST_SUITE_P(SourceFile, DescriptorContract, FileSubject);
INSTANTIATE_TYPED_TEST_SUITE_P(SourceFile, LifecycleContract, FileSubject);
INSTANTIATE_TYPED_TEST_SUITE_P(SourceFile, SourceContract, FileSubject);

}  // namespace
