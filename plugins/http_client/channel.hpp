// SPDX-License-Identifier: Apache-2.0
// libcurl's handles for one connection. One thread at a time, but for `wake`.
#pragma once

#include <ajour/sdk/result.hpp>

#include "answer.hpp"
#include "client.hpp"
#include "message.hpp"
#include "redirect.hpp"
#include "watch.hpp"

#include <atomic>
#include <memory>
#include <string>

namespace ajour::http_client {

class Channel {
public:
    explicit Channel(std::string origin);
    ~Channel();
    Channel(const Channel&) = delete;
    Channel& operator=(const Channel&) = delete;

    /// Whom its connection leads to.
    const std::string& origin() const noexcept { return origin_; }

    /// Asks for one hop of a request and lets `answer` arrive.
    sdk::Result<void> ask(const Options& options, const Hop& hop, const Request& request,
                          Answer& answer, Watch& watch);

    /// Ends what `ask` does now, or would do next. [any]
    void stop() noexcept;

private:
    struct Handles;
    sdk::Result<void> run(Answer& answer, Watch& watch);

    const std::string origin_;
    std::unique_ptr<Handles> handles_;
    std::atomic<bool> stopped_{false};
};

}  // namespace ajour::http_client
