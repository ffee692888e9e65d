// SPDX-License-Identifier: Apache-2.0
// Releases from a directory: NAME.json {"version", "size", "checksum"} beside NAME.bin.
#pragma once

#include <ajour/sdk/host.hpp>
#include <ajour/sdk/source.hpp>

#include "metadata.hpp"
#include "release_directory.hpp"

namespace ajour::file {

/// Remembers nothing: each resolve reads the few bytes of NAME.json again, so that a change is seen
/// at once.
class FileSource final : public sdk::Source {
public:
    explicit FileSource(sdk::Host& host);

    sdk::SourceTraits traits() override;
    sdk::Result<void> start() override;
    sdk::Result<sdk::Resolution> resolve(const sdk::ResolveRequest& request) override;
    sdk::Result<void> fetch(const sdk::Offer& offer, sdk::ByteSink& sink,
                            std::uint64_t from) override;

private:
    sdk::Result<Metadata> read_metadata(const std::string& name) const;
    sdk::Result<OpenFile> open_image(const std::string& name, const Metadata& metadata) const;

    ReleaseDirectory directory_;
    std::uint64_t largest_image_;
};

}  // namespace ajour::file
