// SPDX-License-Identifier: Apache-2.0
// Plugins that were loaded and then throw, each in one process with all others: the host stays.
#include "bad_plugins/loading.hpp"

#include <algorithm>
#include <atomic>

namespace ajour::plugin_host {
namespace {

using sdk::ErrorKind;
using testing::Contains;
using testing::IsEmpty;

constexpr auto tantrum = "the plugin threw: a tantrum";

template <typename Loaded>
auto& port_of(std::span<const Loaded> plugins, std::string_view name) {
    const auto found = std::find_if(plugins.begin(), plugins.end(),
                                    [&](const auto& plugin) { return plugin.name == name; });
    if (found == plugins.end()) throw std::runtime_error("no such plugin");
    return *found->port;
}

class NoSink : public sdk::ByteSink {
public:
    sdk::Result<void> write(sdk::ByteView) noexcept override { return {}; }
};

class CountingInbox : public sdk::Inbox {
public:
    void submit(const sdk::Message&, sdk::Reply&) noexcept override { ++messages; }
    sdk::Result<sdk::DeviceKey> key_for(const sdk::DeviceView&,
                                        std::string_view) noexcept override {
        return sdk::Error{ErrorKind::NotFound, {}};
    }
    void report_wrong_key(const sdk::DeviceView&, std::string_view) noexcept override {}
    void delayed(const sdk::DeviceView&, const sdk::Delay&) noexcept override {}
    void dropped(const sdk::DeviceView&, sdk::Drop) noexcept override {}
    std::atomic<int> messages{0};
};

class NoChanges : public sdk::Changes {
public:
    void device_changed(const sdk::DeviceView&) noexcept override {}
    void application_changed(std::string_view) noexcept override {}
};

class Misbehaviour : public testing::Test {
protected:
    void SetUp() override { ASSERT_THAT(loading.refusals(), IsEmpty()); }

    Loading loading{folder("misbehaving")};
    NoSink sink;
};

TEST_F(Misbehaviour, of_a_source_is_an_error) {
    auto& source = port_of(loading.host().sources(), "throwing");
    EXPECT_EQ(source.try_traits().error().text, tantrum);
    EXPECT_EQ(source.try_start().error().text, tantrum);
    EXPECT_EQ(source.try_resolve({}).error().text, tantrum);
    EXPECT_EQ(source.try_fetch({}, sink, 0).error().text, tantrum);
    EXPECT_EQ(source.try_observe({}).error().text, tantrum);
    source.try_stop();
}

TEST_F(Misbehaviour, with_things_that_are_no_exceptions_is_an_error) {
    auto& source = port_of(loading.host().sources(), "throwing_numbers");
    EXPECT_EQ(source.try_traits().error().kind, ErrorKind::Internal);
    EXPECT_EQ(source.try_start().error().kind, ErrorKind::Internal);
    EXPECT_EQ(source.try_resolve({}).error().kind, ErrorKind::Internal);
    EXPECT_EQ(source.try_fetch({}, sink, 0).error().kind, ErrorKind::Internal);
    EXPECT_EQ(source.try_observe({}).error().kind, ErrorKind::Internal);
    source.try_stop();
}

TEST_F(Misbehaviour, of_a_start_that_fails_is_its_error) {
    const auto started = port_of(loading.host().sources(), "unstartable").try_start();
    ASSERT_FALSE(started);
    EXPECT_EQ(started.error().kind, ErrorKind::Unavailable);
    EXPECT_EQ(started.error().text, "the address is in use");
}

TEST_F(Misbehaviour, of_a_registry_is_an_error) {
    auto& registry = port_of(loading.host().registries(), "throwing");
    NoChanges changes;
    EXPECT_EQ(registry.try_start(changes).error().text, tantrum);
    EXPECT_EQ(registry.try_look_up({"app", "device"}).error().text, tantrum);
    EXPECT_EQ(registry.try_report({}).error().text, tantrum);
    registry.try_stop();
}

TEST_F(Misbehaviour, of_a_builder_is_an_error) {
    auto& builder = port_of(loading.host().builders(), "throwing");
    EXPECT_EQ(builder.try_start().error().text, tantrum);
    EXPECT_EQ(builder.try_begin({}).error().text, tantrum);
    EXPECT_EQ(builder.try_look("1").error().text, tantrum);
    EXPECT_EQ(builder.try_log("1", sink, 0).error().text, tantrum);
    EXPECT_EQ(builder.try_cancel("1").error().text, tantrum);
    builder.try_stop();
}

TEST_F(Misbehaviour, of_a_transport_is_an_error) {
    CountingInbox inbox;
    auto& transport = port_of(loading.host().transports(), "throwing");
    EXPECT_EQ(transport.try_start(inbox).error().text, tantrum);
    transport.try_stop();
}

TEST_F(Misbehaviour, of_a_transports_thread_costs_its_message_and_thinned_out_lines) {
    CountingInbox inbox;
    auto& transport = port_of(loading.host().transports(), "thread");
    ASSERT_TRUE(transport.try_start(inbox));
    transport.try_stop();
    EXPECT_EQ(inbox.messages, 20);
    const auto lines = loading.lines();
    const auto line = std::string("transport.thread: ") + tantrum;
    EXPECT_EQ(std::count(lines.begin(), lines.end(), line), 5);
    EXPECT_EQ(loading.metrics().counter("transport_thread_log_lines_left_out").value(), 15);
}

}  // namespace
}  // namespace ajour::plugin_host
