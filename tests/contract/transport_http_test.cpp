// SPDX-License-Identifier: Apache-2.0
#include <ajour/sdk/testing/descriptor_contract.hpp>
#include <ajour/sdk/testing/fake_host.hpp>
#include <ajour/sdk/testing/lifecycle_contract.hpp>
#include <ajour/sdk/testing/transport_contract.hpp>

#include "support/loopback_client.hpp"
#include "support/places.hpp"
#include "support/temp_directory.hpp"

#include <exception>
#include <optional>
#include <string>

namespace {

using namespace ajour::sdk;
using namespace ajour::sdk::contract;
using ajour::support::body_of;
using ajour::support::content_of;
using ajour::support::LoopbackClient;
using ajour::support::status_of;

struct HttpSubject {
    PluginFile plugin() { return file; }
    std::unique_ptr<TransportPort> create() { return file.create<Transport>(host); }

    std::optional<Bytes> exchange(ByteView payload) {
        try {
            const auto port = std::stoul(content_of(host.state_directory() / "port"));
            LoopbackClient client(static_cast<std::uint16_t>(port));
            return post(client, std::string(text_of(payload)));
        } catch (const std::exception&) {
            return std::nullopt;  // Nobody listens there any more.
        }
    }

    static std::optional<Bytes> post(LoopbackClient& client, const std::string& payload) {
        client.send("POST /v1/dfu?ct=2 HTTP/1.1\r\nHost: localhost\r\nAuthorization: Basic " +
                    std::string("ZGV2aWNlQGFwcDpwYXNzd29yZA==") +  // device@app:password
                    "\r\nContent-Length: " + std::to_string(payload.size()) + "\r\n\r\n" + payload);
        const auto answer = client.answer(std::chrono::seconds(60));
        if (status_of(answer) != 200) return std::nullopt;
        const auto body = body_of(answer);
        return Bytes(body.begin(), body.end());
    }

    PluginFile file{AJOUR_BINARY_DIR "/plugins/ajour-transport-http.so"};
    FakeHost host{file.descriptor().settings, {{"address", "127.0.0.1"}, {"port", "0"}}};
};

INSTANTIATE_TYPED_TEST_SUITE_P(TransportHttp, DescriptorContract, HttpSubject);
INSTANTIATE_TYPED_TEST_SUITE_P(TransportHttp, LifecycleContract, HttpSubject);
INSTANTIATE_TYPED_TEST_SUITE_P(TransportHttp, TransportContract, HttpSubject);

}  // namespace
