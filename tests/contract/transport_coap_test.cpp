// SPDX-License-Identifier: Apache-2.0
#include <ajour/sdk/testing/descriptor_contract.hpp>
#include <ajour/sdk/testing/fake_host.hpp>
#include <ajour/sdk/testing/lifecycle_contract.hpp>
#include <ajour/sdk/testing/transport_contract.hpp>

#include "support/places.hpp"
#include "support/temp_directory.hpp"
#include "support/udp_client.hpp"

#include <exception>
#include <optional>
#include <string>

namespace {

using namespace ajour::sdk;
using namespace ajour::sdk::contract;
using ajour::support::coap_status;
using ajour::support::CoapMessage;
using ajour::support::content_of;
using ajour::support::UdpClient;

struct CoapSubject {
    PluginFile plugin() { return file; }
    std::unique_ptr<TransportPort> create() { return file.create<Transport>(host); }

    std::optional<Bytes> exchange(ByteView payload) {
        try {
            const auto port = std::stoul(content_of(host.state_directory() / "port"));
            return post(UdpClient(static_cast<std::uint16_t>(port)), std::string(text_of(payload)));
        } catch (const std::exception&) {
            return std::nullopt;  // Nobody listens there any more.
        }
    }

    /// An answer may come in the acknowledgement, or in a message of its own behind it.
    static std::optional<Bytes> post(const UdpClient& client, const std::string& payload) {
        auto answer = client.ask(coap_status(1, payload), std::chrono::seconds(20));
        if (answer && answer->code == 0 && answer->type == CoapMessage::Ack) {
            answer = client.answer(std::chrono::seconds(20));
        }
        if (!answer || answer->code != 205) return std::nullopt;
        return Bytes(answer->payload.begin(), answer->payload.end());
    }

    PluginFile file{AJOUR_BINARY_DIR "/plugins/ajour-transport-coap.so"};
    FakeHost host{file.descriptor().settings, {{"address", "127.0.0.1"}, {"port", "0"}}};
};

INSTANTIATE_TYPED_TEST_SUITE_P(TransportCoap, DescriptorContract, CoapSubject);
INSTANTIATE_TYPED_TEST_SUITE_P(TransportCoap, LifecycleContract, CoapSubject);
INSTANTIATE_TYPED_TEST_SUITE_P(TransportCoap, TransportContract, CoapSubject);

}  // namespace
