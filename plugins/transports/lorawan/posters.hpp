// SPDX-License-Identifier: Apache-2.0
// The threads that post downlinks to the network server's HTTP interface.
#pragma once

#include <ajour/sdk/host.hpp>

#include "downlinks.hpp"
#include "http_client/client.hpp"
#include "metrics.hpp"
#include "post_queue.hpp"

#include <cstddef>
#include <memory>
#include <string>
#include <thread>
#include <vector>

namespace ajour::lorawan {

struct PosterSettings {
    http_client::Options http;
    std::string key;  ///< of the server's API
    std::size_t threads = 1;
};

class Posters {
public:
    Posters(const PosterSettings& settings, std::shared_ptr<PostQueue> queue,
            std::shared_ptr<Downlinks> downlinks, Metrics& metrics, sdk::Host& host);
    /// Ends the queue, what is under way, and the threads.
    ~Posters();

private:
    void run() noexcept;
    void post(Letter letter);

    const PosterSettings& settings_;
    const std::shared_ptr<PostQueue> queue_;
    const std::shared_ptr<Downlinks> downlinks_;  // are told what the server does not take
    Metrics& metrics_;
    sdk::Host& host_;
    http_client::Client client_;
    std::vector<std::thread> threads_;
};

}  // namespace ajour::lorawan
