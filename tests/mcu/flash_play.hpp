// SPDX-License-Identifier: Apache-2.0
// Plays a script of bytes against a client on simulated flash: commands whole or damaged, reboots,
// power cuts, failing writes, flipped bits. For the fuzzer; each byte string is a script.
//
//   0 L B*L  the L bytes as a command      4      a reboot
//   1 V O L  a Write of version V           5 N M  the power goes at operation N, at moment M
//   2 V      a Swap with the right digest   6 N    the N-th write fails
//   3 V P    a Sync with poll P             7 O    a bit flips at offset 16 * O
#pragma once

#include <ajour/ajour_client.h>

#include "mcu/simulated_flash.hpp"

#include <string>

namespace ajour::test {

class FlashPlay {
public:
    /// The first byte chooses the flash's geometry, the rest is the script.
    explicit FlashPlay(sdk::ByteView script);

    /// What no client may do and this one did; empty if it did nothing of that.
    std::string run();

    std::size_t activations() const { return flash_.activations().size(); }

private:
    std::uint8_t take();
    void step();
    void give(sdk::Bytes command);
    void boot();
    void check(const sdk::Bytes& command, std::size_t activations_before);

    sdk::ByteView script_;
    SimulatedFlash flash_;
    ajour_client client_{};
    std::string broken_;
};

}  // namespace ajour::test
