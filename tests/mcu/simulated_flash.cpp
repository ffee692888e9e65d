// SPDX-License-Identifier: Apache-2.0
#include "mcu/simulated_flash.hpp"

#include <algorithm>
#include <cstring>

namespace ajour::test {

namespace {

constexpr int refused = -1;
constexpr std::uint8_t never_written = 0xa5;

std::size_t share(Moment moment, std::size_t whole) {
    if (moment == Moment::Before) return 0;
    return moment == Moment::Midway ? whole / 2 : whole;
}

}  // namespace

struct SimulatedFlash::Operations {
    static SimulatedFlash& of(void* context) { return *static_cast<SimulatedFlash*>(context); }

    static int erase(void* context, std::uint32_t offset, std::uint32_t length) {
        auto& flash = of(context);
        if (!flash.accepts("erase", offset, length, flash.storage_.erase_unit)) return refused;
        ++flash.erases_;
        const auto done = share(flash.begin(), length);
        const auto from = static_cast<std::ptrdiff_t>(offset);
        std::fill_n(flash.bytes_.begin() + from, done, std::uint8_t{0xff});
        std::fill_n(flash.erased_.begin() + from, done, true);
        flash.finish();
        return 0;
    }

    static int write(void* context, std::uint32_t offset, const void* data, std::uint32_t length) {
        auto& flash = of(context);
        if (!flash.accepts("write", offset, length, flash.storage_.write_unit)) return refused;
        const auto from = static_cast<std::ptrdiff_t>(offset);
        const auto cells = flash.erased_.begin() + from;
        if (std::find(cells, cells + length, false) != cells + length) {
            ++flash.unerased_writes_;
            return refused;
        }
        const auto moment = flash.begin();
        const bool fails = flash.failing_write_ == flash.writes_++;
        const auto done = share(fails ? Moment::Midway : moment, length);
        std::copy_n(static_cast<const std::uint8_t*>(data), done, flash.bytes_.begin() + from);
        std::fill_n(cells, done, false);
        flash.finish();
        return fails ? refused : 0;
    }

    static int read(void* context, std::uint32_t offset, void* data, std::uint32_t length) {
        auto& flash = of(context);
        if (!flash.accepts("read", offset, length, 1)) return refused;
        flash.begin();
        std::memcpy(data, flash.bytes_.data() + offset, length);
        flash.finish();
        return 0;
    }

    static int note(void* context, const ajour_progress* progress) {
        auto& flash = of(context);
        ++flash.notes_;
        const auto moment = flash.begin();
        if (moment == Moment::Midway) flash.record_.reset();
        if (moment == Moment::After) flash.record_ = *progress;
        flash.finish();
        return 0;
    }

    static int recall(void* context, ajour_progress* progress) {
        auto& flash = of(context);
        flash.begin();
        flash.finish();
        if (!flash.record_) return refused;
        *progress = *flash.record_;
        return 0;
    }

    static int activate(void* context, const ajour_progress* release) {
        auto& flash = of(context);
        if (flash.begin() == Moment::After) {
            const auto* version = reinterpret_cast<const char*>(release->version);
            const auto size = static_cast<std::ptrdiff_t>(release->offset);
            flash.activations_.push_back({std::string(version, release->version_length),
                                          {flash.bytes_.begin(), flash.bytes_.begin() + size}});
        }
        flash.finish();
        return 0;
    }
};

SimulatedFlash::SimulatedFlash(const Geometry& geometry)
    : bytes_(geometry.capacity, never_written), erased_(geometry.capacity, false) {
    storage_.context = this;
    storage_.capacity = geometry.capacity;
    storage_.erase_unit = geometry.erase_unit;
    storage_.write_unit = geometry.write_unit;
    storage_.note_unit = geometry.note_unit;
    storage_.erase = Operations::erase;
    storage_.write = Operations::write;
    storage_.read = Operations::read;
    storage_.note = Operations::note;
    storage_.recall = Operations::recall;
    storage_.activate = Operations::activate;
}

void SimulatedFlash::cut_power_at(std::size_t operation, Moment moment) {
    cut_ = operations_ + operation;
    moment_ = moment;
}

Moment SimulatedFlash::begin() {
    cutting_ = cut_ == operations_++;
    return cutting_ ? moment_ : Moment::After;
}

void SimulatedFlash::finish() {
    if (!cutting_) return;
    cutting_ = false;
    cut_.reset();
    throw PowerCut();
}

bool SimulatedFlash::accepts(const char* what, std::uint32_t offset, std::uint32_t length,
                             std::uint32_t unit) {
    const auto size = bytes_.size();
    const bool inside = length > 0 && offset <= size && length <= size - offset;
    const bool aligned = offset % unit == 0 && length % unit == 0;
    const bool in_one_unit =
        unit == 1 || offset / storage_.erase_unit == (offset + length - 1) / storage_.erase_unit;
    if (inside && aligned && in_one_unit) return true;
    violations_.push_back(std::string(what) + " of " + std::to_string(length) + " bytes at " +
                          std::to_string(offset));
    return false;
}

}  // namespace ajour::test
