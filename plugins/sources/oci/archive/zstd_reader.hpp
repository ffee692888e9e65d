// SPDX-License-Identifier: Apache-2.0
// Inflates a file in zstd (RFC 8878), frame after frame. The plugin's door to libzstd.
#pragma once

#include <ajour/sdk/bytes.hpp>
#include <ajour/sdk/result.hpp>

#include <cstdint>
#include <filesystem>
#include <memory>

namespace ajour::oci {

/// Of one thread. The window, which a frame asks for, lies in a file: the heap does not grow with
/// it.
class ZstdReader {
public:
    /// What the strongest levels of the usual writers of images ask for; as a power of two.
    static constexpr int WindowLogMax = 25;

    /// `file` is a descriptor at its beginning, which outlives the reader; the window's file is
    /// made in `directory`.
    ZstdReader(int file, const std::filesystem::path& directory);
    ZstdReader(ZstdReader&&) noexcept;
    ZstdReader& operator=(ZstdReader&&) noexcept;
    ~ZstdReader();

    /// The next bytes, valid until the next call; none at the end.
    /// Malformed: it is no zstd, damaged, or cut; Refused: it asks for a larger window; Full: there
    /// is no room for the window.
    sdk::Result<sdk::ByteView> read();

    /// Bytes of the file that were used up.
    std::uint64_t consumed() const;

private:
    struct State;
    std::unique_ptr<State> state_;
};

}  // namespace ajour::oci
