// SPDX-License-Identifier: Apache-2.0
// Stands between a transport and the host, for transports that know nothing of air time.
#pragma once

#include <ajour/sdk/transport.hpp>

#include "airtime.hpp"

#include <memory>
#include <utility>

namespace ajour::lora {

/// Passes a command on as far as there is air time for it.
class AirtimeReply final : public sdk::Reply {
public:
    AirtimeReply(sdk::Reply& reply, std::shared_ptr<Airtime> airtime, sdk::DeviceId device,
                 const Window& window) noexcept
        : reply_(reply),
          airtime_(std::move(airtime)),
          device_(std::move(device)),
          window_(window) {}
    AirtimeReply(std::unique_ptr<sdk::Reply> reply, std::shared_ptr<Airtime> airtime,
                 sdk::DeviceId device, const Window& window) noexcept
        : owned_(std::move(reply)),
          reply_(*owned_),
          airtime_(std::move(airtime)),
          device_(std::move(device)),
          window_(window) {}

    void send(sdk::ByteView command) noexcept override {
        if (std::exchange(used_, true)) return;
        if (airtime_->take(device_, window_, command.size())) reply_.send(command);
    }
    void refuse(sdk::ErrorKind kind) noexcept override {
        if (!std::exchange(used_, true)) reply_.refuse(kind);
    }
    std::unique_ptr<sdk::Reply> later() noexcept override try {
        if (used_) return nullptr;
        auto reply = reply_.later();
        if (reply == nullptr) return nullptr;
        auto later = std::make_unique<AirtimeReply>(std::move(reply), airtime_, device_, window_);
        used_ = true;
        return later;
    } catch (...) {
        return nullptr;
    }

private:
    const std::unique_ptr<sdk::Reply> owned_;  // of a later answer
    sdk::Reply& reply_;
    const std::shared_ptr<Airtime> airtime_;
    const sdk::DeviceId device_;
    const Window window_;
    bool used_ = false;
};

/// Hands one status of one device over.
class AirtimeInbox final : public sdk::Inbox {
public:
    AirtimeInbox(sdk::Inbox& inbox, std::shared_ptr<Airtime> airtime, sdk::DeviceId device,
                 const Window& window) noexcept
        : inbox_(inbox),
          airtime_(std::move(airtime)),
          device_(std::move(device)),
          window_(window) {}

    void submit(const sdk::Message& status, sdk::Reply& reply) noexcept override {
        AirtimeReply bounded(reply, std::move(airtime_), std::move(device_), window_);
        inbox_.submit(status, bounded);
    }
    sdk::Result<sdk::DeviceKey> key_for(const sdk::DeviceView& device,
                                        std::string_view peer) noexcept override {
        return inbox_.key_for(device, peer);
    }
    void report_wrong_key(const sdk::DeviceView& device, std::string_view peer) noexcept override {
        inbox_.report_wrong_key(device, peer);
    }
    void delayed(const sdk::DeviceView& device, const sdk::Delay& delay) noexcept override {
        inbox_.delayed(device, delay);
    }
    void dropped(const sdk::DeviceView& device, sdk::Drop drop) noexcept override {
        inbox_.dropped(device, drop);
    }

private:
    sdk::Inbox& inbox_;
    std::shared_ptr<Airtime> airtime_;
    sdk::DeviceId device_;
    const Window window_;
};

}  // namespace ajour::lora
