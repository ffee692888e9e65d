// SPDX-License-Identifier: Apache-2.0
// The cloud's HTTP interfaces that this transport asks. [worker]
#pragma once

#include <ajour/sdk/result.hpp>

#include "drogue_access/access.hpp"
#include "drogue_access/endpoints.hpp"
#include "http_client/client.hpp"

#include <cstddef>
#include <string>
#include <vector>

namespace ajour::drogue {

/// A command for a device.
struct Post {
    std::string application;
    std::string device;
    std::string command;
    std::string payload;

    std::size_t bytes() const noexcept {
        return application.size() + device.size() + command.size() + payload.size();
    }
};

class CloudApi {
public:
    /// `base` is the URL that the paths are below, without a slash at its end.
    CloudApi(std::string base, http_client::Client& client, drogue_access::Access& access)
        : base_(std::move(base)), client_(client), access_(access) {}

    /// Where its parts are.
    sdk::Result<drogue_access::Endpoints> endpoints();
    /// The names of up to `limit` applications that we may read, behind the first `offset`.
    sdk::Result<std::vector<std::string>> applications(std::size_t offset, std::size_t limit);
    /// The whole answer, whatever its status.
    sdk::Result<http_client::Response> post(const Post& post);

private:
    sdk::Result<http_client::Response> ask(http_client::Request request);

    const std::string base_;
    http_client::Client& client_;
    drogue_access::Access& access_;
};

}  // namespace ajour::drogue
