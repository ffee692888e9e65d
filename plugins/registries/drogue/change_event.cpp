// SPDX-License-Identifier: Apache-2.0
#include "change_event.hpp"

#include "json_text.hpp"
#include "paths.hpp"

#include <functional>
#include <string>
#include <string_view>
#include <utility>

namespace ajour::drogue_registry {

using sdk::DeviceId;
using sdk::Error;
using sdk::ErrorKind;
using sdk::Result;

namespace {

constexpr std::size_t batch_max = 1000;
constexpr std::string_view of_application = "io.drogue.registry.change.application";
constexpr std::string_view of_device = "io.drogue.registry.change.device";

/// Gives an attribute of an event by its name; empty when it has none.
using Attributes = std::function<std::string(std::string_view name)>;

int digit_of(char c) noexcept {
    if (c >= '0' && c <= '9') return c - '0';
    if (c >= 'a' && c <= 'f') return c - 'a' + 10;
    return c >= 'A' && c <= 'F' ? c - 'A' + 10 : -1;
}

/// Headers of events have all but printable ASCII as %XX.
std::string percent_decoded(std::string_view text) {
    std::string decoded;
    for (std::size_t i = 0; i < text.size(); ++i) {
        const int high = text[i] == '%' && i + 2 < text.size() ? digit_of(text[i + 1]) : -1;
        const int low = high < 0 ? -1 : digit_of(text[i + 2]);
        decoded.push_back(low < 0 ? text[i] : static_cast<char>(high * 16 + low));
        if (low >= 0) i += 2;
    }
    return decoded;
}

Result<void> read_event(const Attributes& attribute, std::vector<DeviceId>& changed) {
    const auto type = attribute("type");
    if (type.empty()) return Error{ErrorKind::Malformed, "an event without a type"};
    if (type != of_application && type != of_device) return {};
    if (attribute("subject").starts_with(".status")) return {};
    DeviceId id(attribute("application"), type == of_device ? attribute("device") : std::string());
    if (!is_name(id.application) || (type == of_device && !is_name(id.device))) {
        return Error{ErrorKind::Malformed, "an event without the name of its object"};
    }
    changed.push_back(std::move(id));
    return {};
}

Result<void> read_object(std::string_view object, std::vector<DeviceId>& changed) {
    return read_event([object](std::string_view name) { return text_of(member(object, name)); },
                      changed);
}

Result<void> read_headers(const sdk::HookRequest& request, std::vector<DeviceId>& changed) {
    const auto attribute = [&request](std::string_view name) {
        const auto found = request.headers.find("ce-" + std::string(name));
        return found == request.headers.end() ? std::string() : percent_decoded(found->second);
    };
    return read_event(attribute, changed);
}

Result<void> read_body(std::string_view body, bool is_batch, std::vector<DeviceId>& changed) {
    if (!is_json(body)) return Error{ErrorKind::Malformed, "no JSON"};
    if (!is_batch) return read_object(body, changed);
    const auto events = elements(body, batch_max);
    if (!events) return events.error();
    for (const auto event : *events) {
        if (auto read = read_object(event, changed); !read) return read;
    }
    return {};
}

}  // namespace

Result<std::vector<DeviceId>> read_change_events(const sdk::HookRequest& request) {
    std::vector<DeviceId> changed;
    const auto type = request.headers.find("content-type");
    const auto kind = type == request.headers.end() ? std::string() : type->second;
    const bool is_structured = kind.starts_with("application/cloudevents");
    const bool is_batch = kind.starts_with("application/cloudevents-batch");
    auto read =
        is_structured ? read_body(request.body, is_batch, changed) : read_headers(request, changed);
    if (!read) return read.error().in("a change event");
    return changed;
}

}  // namespace ajour::drogue_registry
