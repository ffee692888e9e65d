// SPDX-License-Identifier: Apache-2.0
// Topics, and templates of topics, as anybody may publish or write them.
#include "topic_name.hpp"
#include "topics.hpp"

#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <string>
#include <string_view>

namespace {

using ajour::mqtt::Topics;
using ajour::mqtt::TopicTemplate;
using ajour::mqtt_client::is_name;
using ajour::mqtt_client::is_topic;

void require(bool condition) {
    if (!condition) std::abort();
}

const Topics& topics() {
    static const auto made = Topics::from(
        {"ajour/{application}/{device}/{channel}", "ajour/{application}/{device}/command/{channel}",
         true, "ajour/{application}/{sender}/as/{device}/{channel}",
         "ajour/{application}/{sender}/as/{device}/command/{channel}",
         "ajour/{application}/{sender}", "ajour/status", ""});
    return *made;
}

void read_topic(std::string_view topic) {
    const auto route = topics().read(topic);
    if (!route) return;
    const auto& names = route->names;
    require(is_name(names.application) && is_name(names.device) && is_name(names.sender));
    std::string answer;
    route->command->write(names, answer);
    require(is_topic(answer));
    require(!topics().read(answer));
    require(!topics().may_answer(topic, names));
}

/// Whoever it names, an answer there is below that sender's branch and comes back to nobody.
void ask_for_response(std::string_view topic) {
    const ajour::mqtt::TopicNames names{"lamps", "lamp-1", "lamp-1"};
    if (!topics().may_answer(topic, names)) return;
    require(topic.starts_with("ajour/lamps/lamp-1/"));
    require(!topics().read(topic));
}

void parse_template(std::string_view text) {
    const auto parsed = TopicTemplate::parse(text);
    if (!parsed) return require(!parsed.error().text.empty());
    std::string topic;
    parsed->write({"a", "d", "s"}, topic);
    require(parsed->matches(topic) && parsed->read(topic).has_value());
    require(parsed->overlaps(*parsed));
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    const std::string_view text(reinterpret_cast<const char*>(data), size);
    read_topic(text);
    ask_for_response(text);
    parse_template(text);
    return 0;
}
