// SPDX-License-Identifier: Apache-2.0
#include <ajour/sdk/testing/descriptor_contract.hpp>
#include <ajour/sdk/testing/fake_host.hpp>
#include <ajour/sdk/testing/lifecycle_contract.hpp>
#include <ajour/sdk/testing/transport_contract.hpp>

#include "support/broker.hpp"
#include "support/places.hpp"

#include <atomic>
#include <chrono>
#include <optional>
#include <string>
#include <thread>

namespace {

using namespace ajour::sdk;
using namespace ajour::sdk::contract;

/// Devices are mosquitto's clients; each turn is one of a device of its own, so that none gets the
/// command of another.
struct MqttSubject {
    PluginFile plugin() { return file; }
    std::unique_ptr<TransportPort> create() { return file.create<Transport>(host); }

    std::optional<Bytes> exchange(ByteView payload) {
        await_first_connection();
        const auto branch = "ajour/app/device-" + std::to_string(++devices);
        const auto answer = ajour::support::run_shell(
            "mosquitto_rr -N -W 2 -q 1 -h 127.0.0.1 -p " + std::to_string(broker.port()) + " -t " +
            branch + "/dfu -e " + branch + "/command/dfu -m \"" + std::string(text_of(payload)) +
            "\"");
        if (answer.code != 0) return std::nullopt;
        return Bytes(answer.output.begin(), answer.output.end());
    }

    /// A transport connects after its start has returned.
    void await_first_connection() {
        for (int i = 0; i < 500 && host.metric("connects").value() == 0; ++i) {
            std::this_thread::sleep_for(std::chrono::milliseconds(10));
        }
    }

    ajour::support::Broker broker;
    PluginFile file{AJOUR_BINARY_DIR "/plugins/ajour-transport-mqtt.so"};
    FakeHost host{file.descriptor().settings, {{"server", broker.url()}}};
    std::atomic<int> devices{0};
};

INSTANTIATE_TYPED_TEST_SUITE_P(TransportMqtt, DescriptorContract, MqttSubject);
INSTANTIATE_TYPED_TEST_SUITE_P(TransportMqtt, LifecycleContract, MqttSubject);
INSTANTIATE_TYPED_TEST_SUITE_P(TransportMqtt, TransportContract, MqttSubject);

}  // namespace
