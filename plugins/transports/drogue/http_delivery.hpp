// SPDX-License-Identifier: Apache-2.0
// Commands by the HTTP command interface: they wait in a queue for a thread that posts them.
#pragma once

#include "delivery.hpp"
#include "metrics.hpp"
#include "post_queue.hpp"

#include <cstdint>
#include <memory>

namespace ajour::drogue {

class HttpDelivery final : public Delivery {
public:
    struct Service {
        std::shared_ptr<PostQueue> queue;
        Metrics& metrics;
        std::uint32_t room;  ///< bytes of the largest command
    };

    explicit HttpDelivery(Service service) : service_(std::move(service)) {}

    bool reaches(const Address&) override { return true; }
    void submit(sdk::Message& status, const Address& address, sdk::Inbox& inbox) override;

private:
    const Service service_;
};

}  // namespace ajour::drogue
