// SPDX-License-Identifier: Apache-2.0
// The events of both network servers with the members that their documentation gives them ("Data
// Formats" of The Things Stack, "Event types" of ChirpStack), and with values of our own.
#pragma once

#include <string>

namespace ajour::lorawan {

inline const std::string things_ids =
    R"({"end_device_ids":{"device_id":"meter-7","application_ids":{"application_id":"water"},)"
    R"("dev_eui":"70B3D57ED0001122","join_eui":"0000000000000001","dev_addr":"260B1122"},)"
    R"("correlation_ids":["as:up:01HZ","gs:conn:01HY"],"received_at":"2026-11-26T10:00:00.1Z",)";

inline const std::string things_uplink =
    things_ids +
    R"("uplink_message":{"session_key_id":"AY4=","f_cnt":1,"f_port":223,"frm_payload":"c3RhdHVz",)"
    R"("decoded_payload":{"level":1.5},"rx_metadata":[{"gateway_ids":{"gateway_id":"roof",)"
    R"("eui":"0016C001F153A14C"},"time":"2026-11-26T10:00:00Z","timestamp":2463457000,"rssi":-35,)"
    R"("channel_rssi":-35,"snr":5,"uplink_token":"ChIK","channel_index":2}],"settings":{)"
    R"("data_rate":{"lora":{"bandwidth":125000,"spreading_factor":9}},"data_rate_index":3,)"
    R"("coding_rate":"4/5","frequency":"868300000","timestamp":2463457000},)"
    R"("received_at":"2026-11-26T10:00:00Z","consumed_airtime":"0.185344s","locations":{"user":{)"
    R"("latitude":57.7,"longitude":11.9,"altitude":10,"source":"SOURCE_REGISTRY"}}},)"
    R"("simulated":true})";

inline const std::string things_join =
    things_ids + R"("join_accept":{"session_key_id":"AY4=","received_at":"2026-11-26T10:00:00Z"}})";

/// Of what is called queued, sent, ack or nack.
inline std::string things_downlink(const std::string& name) {
    return things_ids + "\"downlink_" + name +
           R"(":{"session_key_id":"AY4=","f_port":223,"f_cnt":1,"frm_payload":"c3RhdHVz",)"
           R"("confirmed":true,"priority":"NORMAL","correlation_ids":["as:downlink:01HZ"]}})";
}

inline const std::string things_failed =
    R"({"end_device_ids":{"device_id":"meter-7","application_ids":{"application_id":"water"}},)"
    R"("correlation_ids":["as:downlink:01HZ"],"downlink_failed":{"downlink":{"f_port":223,)"
    R"("frm_payload":"c3RhdHVz","confirmed":true,"priority":"NORMAL","correlation_ids":[)"
    R"("as:downlink:01HZ"]},"error":{"namespace":"pkg/networkserver",)"
    R"("name":"application_downlink_too_long","message_format":"it is too long",)"
    R"("correlation_id":"2e7f","code":3}}})";

/// With what the server adds when a downlink does not fit.
inline const std::string things_too_long =
    things_ids +
    R"("downlink_failed":{"downlink":{"session_key_id":"AY4=","f_port":223,"f_cnt":3,)"
    R"("frm_payload":"c3RhdHVz","priority":"NORMAL"},"error":{"namespace":"pkg/networkserver",)"
    R"("name":"application_downlink_too_long","message_format":"it has {length}, not {max}",)"
    R"("attributes":{"length":6,"max":51},"correlation_id":"2e7f","code":3}}})";

/// No gateway could send it.
inline const std::string things_untransmitted =
    things_ids +
    R"("downlink_failed":{"downlink":{"f_port":223,"f_cnt":3,"frm_payload":"c3RhdHVz"},"error":{)"
    R"("namespace":"pkg/networkserver","name":"transmission","message_format":"{result}",)"
    R"("attributes":{"result":"TOO_LATE"},"correlation_id":"2e7f","code":2}}})";

inline const std::string chirp_info =
    R"("time":"2026-11-26T10:00:00.1+00:00","deviceInfo":{"tenantId":"52f1","tenantName":"acme",)"
    R"("applicationId":"3f6a","applicationName":"water works","deviceProfileId":"1485",)"
    R"("deviceProfileName":"meters","deviceName":"meter 7","devEui":"0102030405060708",)"
    R"("tags":{"key":"value"}})";

inline const std::string chirp_uplink =
    R"({"deduplicationId":"3ac7",)" + chirp_info +
    R"(,"devAddr":"00189440","dr":1,"fPort":223,"data":"c3RhdHVz","rxInfo":[{"gatewayId":)"
    R"("0016c001f153a14c","uplinkId":4217106255,"rssi":-36,"snr":10.5,"context":"E3OWOQ==",)"
    R"("metadata":{"region_name":"eu868","region_common_name":"EU868"}}],"txInfo":{"frequency":)"
    R"(867100000,"modulation":{"lora":{"bandwidth":125000,"spreadingFactor":11,"codeRate":)"
    R"("CR_4_5"}}}})";

/// At the data rate of FSK, which has no spreading factor.
inline const std::string chirp_fsk_uplink =
    R"({"deduplicationId":"3ac7",)" + chirp_info +
    R"(,"devAddr":"00189440","dr":7,"fPort":223,"data":"c3RhdHVz","txInfo":{"frequency":868800000,)"
    R"("modulation":{"fsk":{"frequencyDeviation":25000,"datarate":50000}}}})";

inline const std::string chirp_sent =
    R"({"downlinkId":3461958127,)" + chirp_info +
    R"(,"queueItemId":"42cb6459","fCntDown":2,"gatewayId":"0016c001f153a14c","txInfo":{)"
    R"("frequency":868100000,"power":14,"modulation":{"lora":{"bandwidth":125000,)"
    R"("spreadingFactor":7,"codeRate":"CR_4_5","polarizationInversion":true}}}})";

inline std::string chirp_log(const std::string& code, const std::string& description,
                             const std::string& context) {
    return "{" + chirp_info + R"(,"level":"ERROR","code":")" + code + R"(","description":")" +
           description + R"(","context":{)" + context + "}}";
}

inline const std::string chirp_too_long =
    chirp_log("DOWNLINK_PAYLOAD_SIZE", "it is too long",
              R"("item_size":"6","max_payload_size":"51","queue_item_id":"42cb6459")");

inline const std::string chirp_untransmitted = chirp_log("DOWNLINK_GATEWAY", "TOO_LATE", "");

}  // namespace ajour::lorawan
