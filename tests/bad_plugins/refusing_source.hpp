// SPDX-License-Identifier: Apache-2.0
// A source whose methods all fail politely.
#pragma once

#include <ajour/sdk/plugin.hpp>

class RefusingSource : public ajour::sdk::Source {
public:
    ajour::sdk::SourceTraits traits() override { return {}; }
    ajour::sdk::Result<ajour::sdk::Resolution> resolve(const ajour::sdk::ResolveRequest&) override {
        return refusal();
    }
    ajour::sdk::Result<void> fetch(const ajour::sdk::Offer&, ajour::sdk::ByteSink&,
                                   std::uint64_t) override {
        return refusal();
    }

private:
    static ajour::sdk::Error refusal() { return {ajour::sdk::ErrorKind::Refused, "no"}; }
};
