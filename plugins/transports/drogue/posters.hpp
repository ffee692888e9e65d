// SPDX-License-Identifier: Apache-2.0
// The threads that post commands to the HTTP interface.
#pragma once

#include <ajour/sdk/host.hpp>

#include "cloud_api.hpp"
#include "metrics.hpp"
#include "post_outcome.hpp"
#include "post_queue.hpp"

#include <cstddef>
#include <memory>
#include <thread>
#include <vector>

namespace ajour::drogue {

class Posters {
public:
    Posters(std::shared_ptr<PostQueue> queue, CloudApi& api, Metrics& metrics, sdk::Host& host,
            std::size_t threads);
    /// Ends the queue, and the threads once their requests have ended (CloudApi::stop).
    ~Posters();

private:
    void run() noexcept;
    void deliver(const Post& post);
    void count(PostOutcome outcome, const Post& post, int status);

    const std::shared_ptr<PostQueue> queue_;
    CloudApi& api_;
    Metrics& metrics_;
    sdk::Host& host_;
    std::vector<std::thread> threads_;
};

}  // namespace ajour::drogue
