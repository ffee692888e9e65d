// SPDX-License-Identifier: Apache-2.0
// The plugin with nothing wrong in it: built as it should be, it is loaded.
#include <ajour/sdk/plugin.hpp>

namespace {

class RightSource : public ajour::sdk::Source {
public:
    explicit RightSource(ajour::sdk::Host& host) {
        host.log(ajour::sdk::LogLevel::Info, "hello " + host.settings().text("greeting"));
        host.counter("greetings", "Greetings.").add();
    }
    ajour::sdk::SourceTraits traits() override { return {{"right"}, false, false}; }
    ajour::sdk::Result<ajour::sdk::Resolution> resolve(const ajour::sdk::ResolveRequest&) override {
        return ajour::sdk::Resolution(ajour::sdk::Nothing{});
    }
    ajour::sdk::Result<void> fetch(const ajour::sdk::Offer&, ajour::sdk::ByteSink&,
                                   std::uint64_t) override {
        return {};
    }
};

constexpr ajour_setting_row rows[] = {
    ajour::sdk::text_setting("greeting", "world", "Who is greeted."),
    ajour::sdk::integer_setting("count", "1", 1, 9, "How often."),
    ajour::sdk::end_of_settings,
};

}  // namespace

AJOUR_PLUGIN(RightSource, "1.0", "A source with nothing wrong", rows);
