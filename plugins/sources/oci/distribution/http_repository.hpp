// SPDX-License-Identifier: Apache-2.0
// One repository of an OCI registry, by the pull part of the distribution-spec.
#pragma once

#include "content/repository.hpp"
#include "distribution/server.hpp"

#include <chrono>
#include <string>
#include <string_view>
#include <vector>

namespace ajour::oci {

struct RepositoryLimits {
    std::size_t tags = 10'000;
    std::chrono::milliseconds requests{60'000};   ///< for all requests together, but for blobs
    std::chrono::milliseconds download{600'000};  ///< for one blob
};

/// Lives for one piece of work, and ends it when its time is over: then its methods return Timeout.
class HttpRepository final : public Repository {
public:
    HttpRepository(Server& server, std::string name, RepositoryLimits limits, Metrics& metrics);

    sdk::Result<Document> manifest(std::string_view tag_or_digest) override;
    sdk::Result<std::string> digest_of(std::string_view tag) override;
    sdk::Result<std::string> small_blob(const Descriptor& blob, std::size_t max) override;
    sdk::Result<void> blob(const Descriptor& blob, sdk::ByteSink& sink,
                           std::uint64_t from) override;
    sdk::Result<std::vector<std::string>> tags() override;
    sdk::Result<std::vector<Descriptor>> referrers(std::string_view digest) override;

    /// What a tag is now, in comparison with what is known of it.
    struct Look {
        bool unchanged = false;  ///< since the answer that had `etag`
        std::string digest;      ///< empty: the OCI registry does not say
        std::string etag;
    };
    /// By HEAD and `If-None-Match`.
    sdk::Result<Look> look(std::string_view tag, const std::string& etag);

private:
    sdk::Result<http_client::Response> ask(const char* method, const std::string& path,
                                           std::vector<http_client::Header> headers);
    std::string path_to(const char* what, std::string_view name) const;
    /// Adds the tags of one page, and gives the path of the next; "" after the last.
    sdk::Result<std::string> page_of_tags(const std::string& path, std::vector<std::string>& found);

    Server& server_;
    const std::string name_;
    const RepositoryLimits limits_;
    const std::chrono::steady_clock::time_point deadline_;
    Metrics& metrics_;
};

}  // namespace ajour::oci
