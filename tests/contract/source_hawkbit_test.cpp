// SPDX-License-Identifier: Apache-2.0
// Against a server that answers as hawkBit does for two targets, and has nothing for others.
#include <ajour/sdk/testing/descriptor_contract.hpp>
#include <ajour/sdk/testing/digest.hpp>
#include <ajour/sdk/testing/fake_host.hpp>
#include <ajour/sdk/testing/lifecycle_contract.hpp>
#include <ajour/sdk/testing/source_contract.hpp>

#include "support/places.hpp"
#include "support/scripted_http_server.hpp"

namespace {

using namespace ajour::sdk;
using namespace ajour::sdk::contract;
using ajour::support::HttpTurn;
using ajour::support::ScriptedHttpServer;

struct HawkbitSubject {
    PluginFile plugin() { return file; }
    std::unique_ptr<SourcePort> create() { return file.create<Source>(host); }

    static ResolveRequest request(const std::string& device) {
        ResolveRequest request;
        request.target = {"app", "hawkbit", R"({"controller":"{device}"})"};
        request.device = {"app", device};
        return request;
    }
    ResolveRequest known() { return request("known"); }
    ResolveRequest other() { return request("other"); }

    static std::string image_of(const std::string& device) {
        return device == "known" ? std::string(150'000, 'f') : "a small one";
    }
    static std::string root_of(const std::string& place) {
        return R"({"config":{"polling":{"sleep":"00:05:00"}},"_links":{"deploymentBase":{"href":")" +
               place + R"(/deploymentBase/7?c=1"}}})";
    }
    static std::string deployment_of(const std::string& device, const std::string& place) {
        const auto image = image_of(device);
        const auto size = std::to_string(image.size());
        return R"({"id":"7","deployment":{"download":"forced","update":"forced","chunks":[{"part":"os","version":"1.)" +
               size + R"(","name":"fw","artifacts":[{"filename":"fw.bin","size":)" + size +
               R"(,"hashes":{"sha256":")" + sha256_of(bytes_of(image)).hex() +
               R"("},"_links":{"download-http":{"href":")" + place + R"(/fw.bin"}}}]}]}})";
    }

    static void send_image(HttpTurn& turn, const std::string& image) {
        const auto range = turn.request.header("range");
        if (range.empty()) return turn.answer(200, image);
        const auto from = std::stoul(range.substr(range.find('=') + 1));
        if (from >= image.size()) return turn.answer(416);
        turn.answer(206, image.substr(from),
                    {{"Content-Range", "bytes " + std::to_string(from) + "-" +
                                           std::to_string(image.size() - 1) + "/" +
                                           std::to_string(image.size())}});
    }

    void answer(HttpTurn& turn) const {
        const std::string base = "/DEFAULT/controller/v1/";
        const auto path = turn.request.path();
        if (!path.starts_with(base)) return turn.answer(404);
        const auto device = path.substr(base.size(), path.find('/', base.size()) - base.size());
        const auto rest = path.substr(base.size() + device.size());
        const auto place = "http://" + turn.request.header("host") + base + device;
        if (turn.request.method != "GET") return turn.answer(200);
        if (device != "known" && device != "other") return turn.answer(200, "{}");
        if (rest.empty()) return turn.answer(200, root_of(place));
        if (rest == "/deploymentBase/7") return turn.answer(200, deployment_of(device, place));
        if (rest == "/fw.bin") return send_image(turn, image_of(device));
        turn.answer(404);
    }

    ScriptedHttpServer server{[this](HttpTurn& turn) { answer(turn); }};
    PluginFile file{AJOUR_BINARY_DIR "/plugins/ajour-source-hawkbit.so"};
    FakeHost host{file.descriptor().settings,
                  {{"url", server.origin()}, {"plain", "true"}, {"token", "s3cret"}}};
};

INSTANTIATE_TYPED_TEST_SUITE_P(SourceHawkbit, DescriptorContract, HawkbitSubject);
INSTANTIATE_TYPED_TEST_SUITE_P(SourceHawkbit, LifecycleContract, HawkbitSubject);
INSTANTIATE_TYPED_TEST_SUITE_P(SourceHawkbit, SourceContract, HawkbitSubject);

}  // namespace
