// SPDX-License-Identifier: Apache-2.0
// Events as Drogue Cloud makes them of what a device sends.
#pragma once

#include <chrono>
#include <cstdint>
#include <ctime>
#include <string>
#include <string_view>

namespace ajour::support {

inline std::string base64(std::string_view bytes) {
    constexpr std::string_view digits =
        "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
    std::string text;
    for (std::size_t at = 0; at < bytes.size(); at += 3) {
        std::uint32_t bits = 0;
        const auto part = bytes.substr(at, 3);
        for (std::size_t i = 0; i < 3; ++i) {
            bits = bits << 8 | (i < part.size() ? static_cast<std::uint8_t>(part[i]) : 0U);
        }
        for (std::size_t i = 0; i < 4; ++i) {
            text += i <= part.size() ? digits[bits >> (18 - 6 * i) & 63] : '=';
        }
    }
    return text;
}

/// A text as one word of a command line that run_shell takes.
inline std::string quoted(const std::string& text) {
    std::string word = "\"";
    for (const char letter : text) {
        if (letter == '"' || letter == '\\' || letter == '$' || letter == '`') word += '\\';
        word += letter;
    }
    return word + '"';
}

/// That many seconds ago, as RFC 3339 has it.
inline std::string timestamp(std::chrono::seconds ago = std::chrono::seconds(0)) {
    const auto when = std::chrono::system_clock::to_time_t(std::chrono::system_clock::now() - ago);
    std::tm parts{};
    ::gmtime_r(&when, &parts);
    char text[64];
    std::strftime(text, sizeof text, "%Y-%m-%dT%H:%M:%S", &parts);
    return std::string(text) + ".789012345Z";
}

struct EventText {
    std::string application = "app";
    std::string device = "dev";
    std::string sender;  ///< empty: the device
    std::string subject = "dfu";
    std::string time = timestamp();
    std::string data;  ///< a member, as "data":"text"

    static EventText of(std::string device, std::string_view payload) {
        EventText event;
        event.device = std::move(device);
        event.data = R"("data_base64":")" + base64(payload) + '"';
        return event;
    }

    std::string text() const {
        const auto& from = sender.empty() ? device : sender;
        return R"({"specversion":"1.0","id":"0f5ea9d1-2f9c-4f3e-8a61-7c2b4d1a9e33",)"
               R"("type":"io.drogue.event.v1","source":"drogue://)" +
               application + "/" + device +
               R"(","datacontenttype":"application/cbor","subject":")" + subject + R"(","time":")" +
               time + "\"," + data + R"(,"application":")" + application +
               R"(","applicationuid":"5b1c6b1e-9f3a-4a0b-8f52-0a2f6f1d7c11","device":")" + device +
               R"(","deviceuid":"9a7d6c55-13aa-4b0e-9f1d-2d3c4b5a6978","sender":")" + from +
               R"(","senderuid":"9a7d6c55-13aa-4b0e-9f1d-2d3c4b5a6978",)"
               R"("instance":"drogue","partitionkey":")" +
               application + "/" + from + "\"}";
    }
};

}  // namespace ajour::support
