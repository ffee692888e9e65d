// SPDX-License-Identifier: Apache-2.0
#include "event_handler.hpp"

#include "base64.hpp"

#include <limits>
#include <utility>

namespace ajour::drogue {
namespace {

constexpr std::size_t deepest = 64;

std::uint32_t bounded(std::uint64_t value) noexcept {
    constexpr auto most = std::numeric_limits<std::uint32_t>::max();
    return value > most ? 0 : static_cast<std::uint32_t>(value);
}

}  // namespace

bool EventHandler::number_unsigned(std::uint64_t value) {
    if (next_ == Meaning::Factor) event_.spreading_factor = bounded(value);
    if (next_ == Meaning::Bandwidth) event_.bandwidth = bounded(value);
    if (next_ == Meaning::BitRate) event_.bit_rate = bounded(value);
    return scalar("a number");
}

bool EventHandler::string(std::string& text) {
    switch (std::exchange(next_, Meaning::Nothing)) {
        case Meaning::Event:
            return refuse("it is no JSON object");
        case Meaning::Text:
            return take_text(text);
        case Meaning::Base64:
            if (!base64::decode(text, event_.content)) return refuse("data_base64 is no base64");
            return take_data(CloudEvent::Data::Bytes);
        case Meaning::Data:
            event_.content.assign(text.begin(), text.end());
            return take_data(CloudEvent::Data::Text);
        case Meaning::Payload:
            event_.uplink_payload = text;
            return true;
        default:
            return true;
    }
}

bool EventHandler::take_text(const std::string& text) {
    *text_ = text;
    no_interest_ = text_ == &event_.subject && routes_->has_none_for(text);
    return !no_interest_;
}

bool EventHandler::take_data(CloudEvent::Data kind) {
    if (event_.data != CloudEvent::Data::None) return refuse("it has data twice");
    event_.data = kind;
    return true;
}

bool EventHandler::scalar(const char* kind) {
    switch (std::exchange(next_, Meaning::Nothing)) {
        case Meaning::Event:
            return refuse("it is no JSON object");
        case Meaning::Text:
        case Meaning::Base64:
            return refuse(name_ + " is " + kind + ", expected a text");
        case Meaning::Data:
            return take_data(CloudEvent::Data::Scalar);
        default:
            return true;
    }
}

bool EventHandler::start() {
    auto meaning = std::exchange(next_, Meaning::Nothing);
    if (meaning == Meaning::Text || meaning == Meaning::Base64) {
        return refuse(name_ + " is an object or a list, expected a text");
    }
    if (meaning == Meaning::Data) {
        if (!take_data(CloudEvent::Data::Json)) return false;
        meaning = Meaning::Webhook;
    }
    if (depth_ < open_.size()) open_[depth_] = meaning;
    if (++depth_ > deepest) return refuse("it is nested too deeply");
    return true;
}

bool EventHandler::start_array(std::size_t) {
    if (next_ == Meaning::Event) return refuse("it is no JSON object");
    if (!start()) return false;
    // What is in a list is no uplink.
    if (depth_ <= open_.size()) open_[depth_ - 1] = Meaning::Nothing;
    return true;
}

bool EventHandler::end() noexcept {
    --depth_;
    next_ = Meaning::Nothing;
    return true;
}

EventHandler::Meaning EventHandler::here() const noexcept {
    return depth_ == 0 || depth_ > open_.size() ? Meaning::Nothing : open_[depth_ - 1];
}

bool EventHandler::key(std::string& name) {
    const auto object = here();
    if (object == Meaning::Nothing) return true;
    next_ = object == Meaning::Event ? member_of_event(name) : member_of(object, name);
    return true;
}

EventHandler::Meaning EventHandler::member_of_event(const std::string& name) {
    name_ = name;
    text_ = event_.attribute(name);
    if (text_ != nullptr) return Meaning::Text;
    if (name == "data_base64") return Meaning::Base64;
    return name == "data" ? Meaning::Data : Meaning::Nothing;
}

EventHandler::Meaning EventHandler::member_of(Meaning object, const std::string& name) noexcept {
    struct Step {
        Meaning object;
        const char* name;
        Meaning member;
    };
    static constexpr Step steps[] = {
        {Meaning::Webhook, "uplink_message", Meaning::Uplink},
        {Meaning::Uplink, "frm_payload", Meaning::Payload},
        {Meaning::Uplink, "settings", Meaning::Settings},
        {Meaning::Settings, "data_rate", Meaning::DataRate},
        {Meaning::DataRate, "lora", Meaning::Lora},
        {Meaning::Lora, "spreading_factor", Meaning::Factor},
        {Meaning::Lora, "bandwidth", Meaning::Bandwidth},
        {Meaning::DataRate, "fsk", Meaning::Fsk},
        {Meaning::Fsk, "bit_rate", Meaning::BitRate},
    };
    for (const auto& step : steps) {
        if (step.object == object && name == step.name) return step.member;
    }
    return Meaning::Nothing;
}

bool EventHandler::parse_error(std::size_t position, const std::string&,
                               const nlohmann::json::exception&) {
    return refuse("it is no JSON from byte " + std::to_string(position) + " on");
}

bool EventHandler::refuse(std::string problem) {
    problem_ = std::move(problem);
    return false;
}

}  // namespace ajour::drogue
