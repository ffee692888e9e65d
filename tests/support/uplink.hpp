// SPDX-License-Identifier: Apache-2.0
// Uplinks as The Things Stack v3 and ChirpStack v4 tell of them, with values of our own.
#pragma once

#include "support/cloud_event.hpp"

#include <string>

namespace ajour::support {

/// One member each, as JSON; empty: it is left out.
struct ThingsUplink {
    std::string application = "water";
    std::string device = "meter-7";
    std::string port = R"("f_port":223,)";
    std::string payload = "status";
    std::string data_rate =
        R"("lora":{"bandwidth":125000,"spreading_factor":7,"coding_rate":"4/5"})";

    std::string text() const {
        return R"({"end_device_ids":{"device_id":")" + device +
               R"(","application_ids":{"application_id":")" + application +
               R"("},"dev_eui":"70B3D57ED0001122","join_eui":"0000000000000001","dev_addr":"260B1122"},)"
               R"("correlation_ids":["as:up:01HZ","rpc:/x"],"received_at":"2026-11-26T10:00:00.1Z",)"
               R"("uplink_message":{"session_key_id":"AY4=",)" +
               port + R"("f_cnt":42,"frm_payload":")" + base64(payload) +
               R"(","decoded_payload":{"f_port":9,"level":0.5},"rx_metadata":[{"gateway_ids":)"
               R"({"gateway_id":"roof"},"rssi":-97,"snr":7.25,"frm_payload":"AAAA"}],"settings":)"
               R"({"data_rate":{)" +
               data_rate +
               R"(},"frequency":"868100000","timestamp":1234},"received_at":"2026-11-26T10:00:00Z",)"
               R"("consumed_airtime":"0.061696s","network_ids":{"net_id":"000013","tenant_id":"acme"}}})";
    }
};

struct ChirpUplink {
    std::string application_id = "3f6a";
    std::string device_eui = "0102030405060708";
    std::string port = R"("fPort":223,)";
    std::string payload = "status";
    std::string data_rate = R"("dr":5,)";
    std::string modulation =
        R"({"lora":{"bandwidth":125000,"spreadingFactor":7,"codeRate":"CR_4_5"}})";

    std::string topic(const std::string& event = "event/up") const {
        return "application/" + application_id + "/device/" + device_eui + "/" + event;
    }
    std::string text() const {
        return R"({"deduplicationId":"7c1e","time":"2026-11-26T10:00:00.1+00:00","deviceInfo":)"
               R"({"tenantId":"52f1","tenantName":"acme","applicationId":")" +
               application_id +
               R"(","applicationName":"water works","deviceProfileName":"meters","deviceName":)"
               R"("meter 7","devEui":")" +
               device_eui + R"(","deviceClassEnabled":"CLASS_A","tags":{"fPort":"9"}},)" +
               R"("devAddr":"00189440","adr":true,)" + data_rate + R"("fCnt":4,)" + port +
               R"("confirmed":false,"data":")" + base64(payload) +
               R"(","object":{"data":"x"},"rxInfo":[{"gatewayId":"0016c001f153a14c","rssi":-48}],)"
               R"("txInfo":{"frequency":868100000,"modulation":)" +
               modulation + "}}";
    }
};

}  // namespace ajour::support
