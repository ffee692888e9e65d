// SPDX-License-Identifier: Apache-2.0
// The OCI source as it is built, and what its tests ask it.
#pragma once

#include <ajour/sdk/source.hpp>
#include <ajour/sdk/testing/fake_host.hpp>
#include <ajour/sdk/testing/memory_sink.hpp>
#include <ajour/sdk/testing/plugin_file.hpp>

#include "support/oci_push.hpp"
#include "support/places.hpp"

#include <gmock/gmock.h>

#include <memory>
#include <string>
#include <variant>

namespace ajour::support {

/// A started OCI source with settings as in the file.
class OciSource {
public:
    explicit OciSource(sdk::contract::SettingValues values)
        : host(file().descriptor().settings, std::move(values)),
          source_(file().create<sdk::Source>(host)) {
        const auto started = source_->try_start();
        EXPECT_TRUE(started) << started.error().text;
    }
    ~OciSource() { source_->try_stop(); }

    sdk::Result<sdk::Resolution> resolve(const std::string& spec,
                                         const std::string& application = "app") {
        sdk::ResolveRequest request;
        request.target = {application, "container", spec};
        request.device = {application, "device"};
        return source_->try_resolve(request);
    }

    /// The offer; a failure of the test when there is none.
    sdk::Offer offer(const std::string& spec, const std::string& application = "app") {
        const auto resolution = resolve(spec, application);
        EXPECT_TRUE(resolution) << resolution.error().text;
        if (!resolution) return {};
        const auto* not_yet = std::get_if<sdk::NotYet>(&*resolution);
        EXPECT_TRUE(not_yet == nullptr) << not_yet->reason;
        return not_yet == nullptr ? std::get<sdk::Offer>(*resolution) : sdk::Offer();
    }

    /// The text of the error, or of the reason to wait; a failure of the test when there is an
    /// offer.
    std::string problem(const std::string& spec, const std::string& application = "app") {
        const auto resolution = resolve(spec, application);
        if (!resolution) return resolution.error().text;
        const auto* not_yet = std::get_if<sdk::NotYet>(&*resolution);
        EXPECT_NE(not_yet, nullptr) << "it was resolved";
        return not_yet == nullptr ? "" : not_yet->reason;
    }

    sdk::Result<void> fetch(const sdk::Offer& offer, sdk::ByteSink& sink, std::uint64_t from = 0) {
        return source_->try_fetch(offer, sink, from);
    }

    /// The image of an offer; a failure of the test when it does not come.
    std::string image(const sdk::Offer& offer, std::uint64_t from = 0) {
        sdk::contract::MemorySink sink;
        const auto fetched = fetch(offer, sink, from);
        EXPECT_TRUE(fetched) << fetched.error().text;
        return std::string(sdk::text_of(sink.bytes()));
    }

    sdk::Result<void> hook(const std::string& body,
                           const std::map<std::string, std::string>& headers = {}) {
        return source_->hook()->try_receive({"", headers, body});
    }

    std::int64_t counter(const char* name) { return host.metric(name).value(); }
    void stop() { source_->try_stop(); }

private:
    static sdk::contract::PluginFile& file() {
        static sdk::contract::PluginFile file{AJOUR_BINARY_DIR "/plugins/ajour-source-oci.so"};
        return file;
    }

public:
    sdk::contract::FakeHost host;

private:
    std::unique_ptr<sdk::SourcePort> source_;
};

}  // namespace ajour::support
