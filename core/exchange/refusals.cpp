// SPDX-License-Identifier: Apache-2.0
#include "exchange/refusals.hpp"

#include <string>

namespace ajour::exchange {

using sdk::LogLevel;
using work::harmless;

namespace {

constexpr const char* part = "exchange";
constexpr std::size_t name_max = 80, reason_max = 200;

std::string text_of(const sdk::DeviceView& device) {
    return harmless(device.application, name_max) + "/" + harmless(device.device, name_max);
}

std::string address_of(std::string_view peer) {
    return peer.empty() ? std::string() : " from " + harmless(peer, name_max);
}

std::string sender_of(const sdk::Message& message) {
    if (message.sender == message.device) return address_of(message.peer);
    return ", sent by " + text_of(message.sender) + address_of(message.peer);
}

}  // namespace

void Refusals::refuse(std::string_view what, const sdk::Message& message,
                      const sdk::Error& error) noexcept {
    name(what, message, error.text);
    count(message.peer);
}

void Refusals::refuse_key(const sdk::DeviceView& device, std::string_view peer) noexcept {
    sdk::Message message;
    message.device = message.sender = device;
    message.peer = peer;
    name("refused a handshake", message, "the peer has another pre-shared key, or there is none");
    count(peer);
}

void Refusals::report_malformed(const sdk::Message& message, const sdk::Error& error) noexcept {
    name("cannot read a status", message, error.text);
}

void Refusals::name(std::string_view what, const sdk::Message& message,
                    std::string_view why) noexcept {
    if (notices_ == nullptr) return;
    try {
        const auto line = std::string(what) + " of " + text_of(message.device) +
                          sender_of(message) + ": " + harmless(why, reason_max);
        notices_->tell({LogLevel::Warning, part, line, line});
    } catch (...) {  // without memory nobody is named
    }
}

void Refusals::count(std::string_view peer) noexcept {
    const auto failures = brake_.count_failure(peer);
    if (failures == 0 || notices_ == nullptr) return;
    try {
        const auto seconds = std::chrono::duration_cast<std::chrono::seconds>(window_).count();
        const auto line = harmless(peer, name_max) + " showed " + std::to_string(failures) +
                          " wrong credentials: who is not known yet is turned away there, for " +
                          std::to_string(seconds) + " s at most";
        notices_->tell({LogLevel::Warning, part, line, line});
    } catch (...) {
    }
}

}  // namespace ajour::exchange
