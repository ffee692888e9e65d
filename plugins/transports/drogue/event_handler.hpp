// SPDX-License-Identifier: Apache-2.0
// Takes the tokens of a JSON text and keeps those that make a CloudEvent.
#pragma once

#include "cloud_event.hpp"
#include "route.hpp"

#include <nlohmann/json.hpp>

#include <array>
#include <cstddef>
#include <cstdint>
#include <string>

namespace ajour::drogue {

/// A handler for nlohmann's `sax_parse`; false ends the parsing.
class EventHandler {
public:
    /// Reads a whole event.
    EventHandler(CloudEvent& event, const Routes& routes) noexcept
        : event_(event), routes_(&routes), next_(Meaning::Event) {}
    /// Reads data alone, which no event is around.
    explicit EventHandler(CloudEvent& event) noexcept : event_(event), next_(Meaning::Data) {}

    bool null() { return scalar("null"); }
    bool boolean(bool) { return scalar("a boolean"); }
    bool number_integer(std::int64_t) { return scalar("a number"); }
    bool number_unsigned(std::uint64_t value);
    bool number_float(double, const std::string&) { return scalar("a number"); }
    bool string(std::string& text);
    bool binary(nlohmann::json::binary_t&) { return scalar("bytes"); }
    bool start_object(std::size_t) { return start(); }
    bool key(std::string& name);
    bool end_object() { return end(); }
    bool start_array(std::size_t);
    bool end_array() { return end(); }
    bool parse_error(std::size_t position, const std::string& token,
                     const nlohmann::json::exception& error);

    bool is_of_no_interest() const noexcept { return no_interest_; }
    const std::string& problem() const noexcept { return problem_; }

private:
    /// What the next value means to us, and what each open object means.
    enum class Meaning : std::uint8_t {
        Nothing,
        Event,
        Text,
        Base64,
        Data,
        Webhook,
        Uplink,
        Payload,
        Settings,
        DataRate,
        Lora,
        Factor,
        Bandwidth,
        Fsk,
        BitRate
    };
    static constexpr std::size_t deepest_of_interest = 8;

    bool start();
    bool end() noexcept;
    bool scalar(const char* kind);
    bool take_text(const std::string& text);
    bool take_data(CloudEvent::Data kind);
    Meaning here() const noexcept;
    Meaning member_of_event(const std::string& name);
    static Meaning member_of(Meaning object, const std::string& name) noexcept;
    bool refuse(std::string problem);

    CloudEvent& event_;
    const Routes* routes_ = nullptr;
    std::array<Meaning, deepest_of_interest> open_{};
    std::size_t depth_ = 0;
    Meaning next_;
    std::string* text_ = nullptr;  ///< where it goes when the next value is a Text
    std::string name_;             ///< of the member that it is
    bool no_interest_ = false;
    std::string problem_;
};

}  // namespace ajour::drogue
