// SPDX-License-Identifier: Apache-2.0
#include <ajour/sdk/testing/descriptor_contract.hpp>
#include <ajour/sdk/testing/fake_host.hpp>
#include <ajour/sdk/testing/lifecycle_contract.hpp>
#include <ajour/sdk/testing/transport_contract.hpp>

#include "support/broker.hpp"
#include "support/places.hpp"
#include "support/uplink.hpp"

#include <atomic>
#include <chrono>
#include <optional>
#include <string>
#include <thread>

namespace {

using namespace ajour::sdk;
using namespace ajour::sdk::contract;

/// The network server is a broker that one of mosquitto's clients publishes uplinks at. Each turn
/// is one of a device of its own, so that none gets the command of another.
struct LorawanSubject {
    PluginFile plugin() { return file; }
    std::unique_ptr<TransportPort> create() { return file.create<Transport>(host); }

    std::optional<Bytes> exchange(ByteView payload) {
        await_first_connection();
        ajour::support::ThingsUplink uplink;
        uplink.device = "device-" + std::to_string(++devices);
        uplink.payload = std::string(text_of(payload));
        const auto begin = "v3/water@acme/devices/" + uplink.device;
        const auto answer = ajour::support::run_shell(
            "mosquitto_rr -N -W 2 -q 1 -h 127.0.0.1 -p " + std::to_string(broker.port()) + " -t " +
            begin + "/up -e " + begin + "/down/replace -m " +
            ajour::support::quoted(uplink.text()));
        if (answer.code != 0) return std::nullopt;
        return payload_of(answer.output);
    }

    static std::optional<Bytes> payload_of(const std::string& downlink) {
        const std::string name = "\"frm_payload\":\"";
        const auto begin = downlink.find(name);
        if (begin == std::string::npos) return std::nullopt;
        const auto text = downlink.substr(begin + name.size());
        const auto decoded = ajour::support::run_shell(
            "printf %s " + text.substr(0, text.find('"')) + " | base64 -d");
        if (decoded.code != 0) return std::nullopt;
        return Bytes(decoded.output.begin(), decoded.output.end());
    }

    /// A transport connects after its start has returned.
    void await_first_connection() {
        for (int i = 0; i < 500 && host.metric("connects").value() == 0; ++i) {
            std::this_thread::sleep_for(std::chrono::milliseconds(10));
        }
    }

    ajour::support::Broker broker;
    PluginFile file{AJOUR_BINARY_DIR "/plugins/ajour-transport-lorawan.so"};
    FakeHost host{file.descriptor().settings,
                  {{"server", broker.url()}, {"applications", "water@acme"}}};
    std::atomic<int> devices{0};
};

INSTANTIATE_TYPED_TEST_SUITE_P(TransportLorawan, DescriptorContract, LorawanSubject);
INSTANTIATE_TYPED_TEST_SUITE_P(TransportLorawan, LifecycleContract, LorawanSubject);
INSTANTIATE_TYPED_TEST_SUITE_P(TransportLorawan, TransportContract, LorawanSubject);

}  // namespace
