// SPDX-License-Identifier: Apache-2.0
// A slot of flash that refuses what real flash refuses, counts what is done to it, and can lose its
// power in the middle of any operation.
#pragma once

#include <ajour/ajour_storage.h>
#include <ajour/sdk/bytes.hpp>

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

namespace ajour::test {

struct Geometry {
    std::uint32_t capacity = 16 * 1024;
    std::uint32_t erase_unit = 1024;
    std::uint32_t write_unit = 4;
    std::uint32_t note_unit = 0;
};

/// Thrown out of an operation when the power goes.
struct PowerCut {};

/// How much of the operation is done when the power goes.
enum class Moment { Before, Midway, After };

struct Activation {
    std::string version;
    sdk::Bytes image;
};

class SimulatedFlash {
public:
    explicit SimulatedFlash(const Geometry& geometry);
    SimulatedFlash(const SimulatedFlash&) = delete;
    SimulatedFlash& operator=(const SimulatedFlash&) = delete;

    const ajour_storage* storage() const { return &storage_; }

    /// The power goes at the n-th operation from now, counted from 0.
    void cut_power_at(std::size_t operation, Moment moment);

    /// The n-th write from now fails, and leaves half of its bytes.
    void fail_write_at(std::size_t write) { failing_write_ = writes_ + write; }

    /// Changes a byte behind the client's back, as bad flash does.
    void corrupt(std::uint32_t offset) { bytes_.at(offset) ^= 0x40; }

    /// Puts a record there that the client did not note.
    void forge(const ajour_progress& progress) { record_ = progress; }

    std::size_t operations() const { return operations_; }
    std::size_t notes() const { return notes_; }
    std::size_t erases() const { return erases_; }
    const sdk::Bytes& bytes() const { return bytes_; }
    const std::optional<ajour_progress>& record() const { return record_; }
    const std::vector<Activation>& activations() const { return activations_; }

    /// What was asked of the flash that no client may ask: outside of the slot or not aligned.
    const std::vector<std::string>& violations() const { return violations_; }

    /// Writes to cells that were not erased; they were refused.
    std::size_t unerased_writes() const { return unerased_writes_; }

private:
    struct Operations;

    /// Whether the whole operation is to be done, half of it, or none; `finish` throws if it was
    /// cut.
    Moment begin();
    void finish();
    bool accepts(const char* what, std::uint32_t offset, std::uint32_t length, std::uint32_t unit);

    ajour_storage storage_{};
    sdk::Bytes bytes_;
    std::vector<bool> erased_;
    std::optional<ajour_progress> record_;
    std::vector<Activation> activations_;
    std::vector<std::string> violations_;
    std::optional<std::size_t> cut_;
    Moment moment_ = Moment::Before;
    bool cutting_ = false;
    std::optional<std::size_t> failing_write_;
    std::size_t operations_ = 0;
    std::size_t writes_ = 0;
    std::size_t notes_ = 0;
    std::size_t erases_ = 0;
    std::size_t unerased_writes_ = 0;
};

}  // namespace ajour::test
