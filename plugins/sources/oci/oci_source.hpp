// SPDX-License-Identifier: Apache-2.0
// Releases from OCI registries, by the names of images.
#pragma once

#include <ajour/sdk/host.hpp>
#include <ajour/sdk/source.hpp>

#include "failures.hpp"
#include "firmware_store.hpp"
#include "hook/registry_hook.hpp"
#include "metrics.hpp"
#include "offered.hpp"
#include "registries.hpp"
#include "releases.hpp"
#include "resolver.hpp"
#include "signature_gate.hpp"

namespace ajour::oci {

class OciSource final : public sdk::Source {
public:
    /// Throws the sentence that says which setting is wrong.
    explicit OciSource(sdk::Host& host);

    sdk::SourceTraits traits() override;
    sdk::Result<void> start() override;
    void stop() override;
    std::size_t upstream_of(const sdk::Target& target) override;
    sdk::Result<sdk::Resolution> resolve(const sdk::ResolveRequest& request) override;
    sdk::Result<void> fetch(const sdk::Offer& offer, sdk::ByteSink& sink,
                            std::uint64_t from) override;
    sdk::Hook* hook() noexcept override { return &hook_; }

private:
    void expire(const Pushed& pushed);

    sdk::Host& host_;
    Metrics metrics_;
    Registries registries_;
    FirmwareStore store_;
    Failures failures_;
    SignatureGate gate_;
    Releases releases_;
    Offered offered_;
    Resolver resolver_;
    RegistryHook hook_;
};

}  // namespace ajour::oci
