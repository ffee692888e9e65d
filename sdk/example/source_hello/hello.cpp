// SPDX-License-Identifier: Apache-2.0
// A source whose releases are greetings: the target {"hello": {"to": "world"}} gives the image
// "Hello, world!".
#include <ajour/sdk/sdk.hpp>

#include <nlohmann/json.hpp>

namespace {

using ajour::sdk::Error;
using ajour::sdk::ErrorKind;
using ajour::sdk::Result;

constexpr std::size_t LongestName = 64;

class Hello final : public ajour::sdk::Source {
public:
    // No threads, no sockets, no waiting here; the settings are checked already.
    explicit Hello(ajour::sdk::Host& host)
        : host_(host), greeting_(host.settings().text("greeting")) {}

    ajour::sdk::SourceTraits traits() override {
        ajour::sdk::SourceTraits traits;
        traits.keys = {"hello"};
        return traits;
    }

    // What a target means now. The spec is whatever somebody wrote into the device registry.
    Result<ajour::sdk::Resolution> resolve(const ajour::sdk::ResolveRequest& request) override {
        const auto spec = nlohmann::json::parse(request.target.spec, nullptr, false);
        const auto to = spec.is_object() ? spec.value("to", nlohmann::json()) : nlohmann::json();
        if (!to.is_string() || to.get_ref<const std::string&>().size() > LongestName) {
            return Error{ErrorKind::Malformed,
                         "spec.firmware.hello: expected {\"to\": a text of at most 64 bytes}"};
        }
        ajour::sdk::Offer offer;
        offer.version = "1.0.0";
        offer.origin = to;
        offer.size = image(offer.origin).size();
        host_.counter("greetings", "Resolved targets.").add();
        return ajour::sdk::Resolution(offer);
    }

    // Streams the image of an offer; the host caches it, hashes it and cuts it into blocks.
    Result<void> fetch(const ajour::sdk::Offer& offer, ajour::sdk::ByteSink& sink,
                       std::uint64_t from) override {
        const auto whole = image(offer.origin);
        if (from > whole.size())
            return Error{ErrorKind::Mismatch, "the greeting is shorter than that"};
        return sink.write(ajour::sdk::bytes_of(whole).subspan(from));
    }

private:
    std::string image(const std::string& to) const { return greeting_ + ", " + to + "!\n"; }

    ajour::sdk::Host& host_;
    std::string greeting_;
};

constexpr ajour_setting_row rows[] = {
    ajour::sdk::text_setting("greeting", "Hello", "How a release greets."),
    ajour::sdk::end_of_settings,
};

}  // namespace

AJOUR_PLUGIN(Hello, "1.0.0", "Releases that say hello", rows);
