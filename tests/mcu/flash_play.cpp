// SPDX-License-Identifier: Apache-2.0
#include "mcu/flash_play.hpp"

#include "mcu/commands.hpp"

#include <algorithm>

namespace ajour::test {

namespace {

constexpr std::uint32_t capacity = 2048;
constexpr std::uint32_t mtu = 256;

Geometry geometry_of(std::uint8_t choice) {
    constexpr std::uint32_t erase_units[] = {64, 256, 1024, 2048};
    constexpr std::uint32_t write_units[] = {1, 4, 8, 16};
    return {capacity, erase_units[choice & 3], write_units[choice >> 2 & 3],
            static_cast<std::uint32_t>(choice >> 4)};
}

std::string version_of(std::uint8_t choice) {
    return "v" + std::to_string(choice % 3);
}

}  // namespace

FlashPlay::FlashPlay(sdk::ByteView script)
    : script_(script.empty() ? script : script.subspan(1)),
      flash_(geometry_of(script.empty() ? 0 : script[0])) {}

std::uint8_t FlashPlay::take() {
    if (script_.empty()) return 0;
    const auto byte = script_.front();
    script_ = script_.subspan(1);
    return byte;
}

void FlashPlay::boot() {
    const auto& activations = flash_.activations();
    const auto version = activations.empty() ? version_of(0) : activations.back().version;
    if (ajour_client_init(&client_, flash_.storage(), version.data(), version.size(), mtu) !=
        AJOUR_OK) {
        broken_ = "the client refuses the flash";
    }
}

void FlashPlay::check(const sdk::Bytes& command, std::size_t activations_before) {
    if (!flash_.violations().empty()) broken_ = flash_.violations().front();
    if (flash_.activations().size() == activations_before) return;
    const auto digest = digest::sha256(flash_.activations().back().image).bytes;
    if (std::search(command.begin(), command.end(), digest.begin(), digest.end()) == command.end())
        broken_ = "activated what the command's digest does not name";
}

void FlashPlay::give(sdk::Bytes command) {
    const auto before = flash_.activations().size();
    ajour_next next;
    bool has_power = true;
    try {
        const int result = ajour_client_accept(&client_, command.data(), command.size(), &next);
        if (next.seconds > AJOUR_POLL_MAX || (result != AJOUR_OK && next.action != AJOUR_WAIT))
            broken_ = "bad advice";
    } catch (const PowerCut&) {
        has_power = false;
    }
    check(command, before);
    const bool reboots = !has_power || next.action == AJOUR_REBOOT;
    if (reboots) boot();
}

void FlashPlay::step() {
    switch (take() & 7) {
        case 0: {
            sdk::Bytes command(std::min<std::size_t>(take(), script_.size()));
            for (auto& byte : command) byte = take();
            return give(std::move(command));
        }
        case 1: {
            const auto version = version_of(take());
            const auto jump = take();  // 0 is where the client is
            const auto known = ajour_client_progress(&client_)->offset;
            const auto offset = jump == 0 ? known : (jump - 1U) * 16U;
            return give(write(version, offset, sdk::Bytes(take(), jump)));
        }
        case 2: {
            const auto version = version_of(take());
            const auto size = static_cast<std::ptrdiff_t>(ajour_client_progress(&client_)->offset);
            const auto& bytes = flash_.bytes();
            const sdk::Bytes image(bytes.begin(), bytes.begin() + size);
            return give(swap_to(version, image));
        }
        case 3: {
            const auto version = version_of(take());
            return give(sync(version, take()));
        }
        case 4:
            return boot();
        case 5: {
            const auto operation = take();
            return flash_.cut_power_at(operation, static_cast<Moment>(take() % 3));
        }
        case 6:
            return flash_.fail_write_at(take());
        default:
            return flash_.corrupt((take() * 16U) % capacity);
    }
}

std::string FlashPlay::run() {
    boot();
    while (!script_.empty() && broken_.empty()) {
        try {
            step();
        } catch (const PowerCut&) {
            boot();
        }
    }
    return broken_;
}

}  // namespace ajour::test
