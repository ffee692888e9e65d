// SPDX-License-Identifier: Apache-2.0
// Wakes the network thread out of its wait. [any]
#pragma once

#include <sys/eventfd.h>
#include <unistd.h>

#include <cerrno>
#include <cstdint>
#include <system_error>

namespace ajour::mqtt_client {

class Doorbell {
public:
    Doorbell() : descriptor_(::eventfd(0, EFD_NONBLOCK | EFD_CLOEXEC)) {
        if (descriptor_ < 0) throw std::system_error(errno, std::generic_category(), "eventfd");
    }
    Doorbell(const Doorbell&) = delete;
    Doorbell& operator=(const Doorbell&) = delete;
    ~Doorbell() { ::close(descriptor_); }

    /// Readable from the ring on until it is silenced.
    int descriptor() const noexcept { return descriptor_; }

    void ring() noexcept {
        const std::uint64_t one = 1;
        (void)!::write(descriptor_, &one, sizeof one);  // full: it rings already
    }
    void silence() noexcept {
        std::uint64_t rings = 0;
        (void)!::read(descriptor_, &rings, sizeof rings);
    }

private:
    int descriptor_;
};

}  // namespace ajour::mqtt_client
