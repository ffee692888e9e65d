// SPDX-License-Identifier: Apache-2.0
// A firmware version as devices write it: opaque bytes, held in place. Pure.
#pragma once

#include <ajour/sdk/bytes.hpp>

#include <algorithm>
#include <array>
#include <cstdint>
#include <string_view>

namespace ajour::protocol {

class Version {
public:
    static constexpr std::size_t max_size = 255;

    Version() noexcept {}  // "= default" would let Version{} zero all of its bytes

    /// Longer input is cut to max_size: callers that must not lose bytes ask `fits` first.
    explicit Version(sdk::ByteView bytes) noexcept
        : size_(static_cast<std::uint8_t>(std::min(bytes.size(), max_size))) {
        std::copy_n(bytes.begin(), size_, bytes_.begin());
    }
    explicit Version(std::string_view text) noexcept : Version(sdk::bytes_of(text)) {}

    Version(const Version& other) noexcept : Version(other.view()) {}
    Version& operator=(const Version& other) noexcept {
        size_ = other.size_;
        std::copy_n(other.bytes_.begin(), size_, bytes_.begin());
        return *this;
    }
    ~Version() = default;

    /// Adds bytes at the end; false, and nothing added, when they do not fit.
    bool append(sdk::ByteView bytes) noexcept {
        if (bytes.size() > max_size - size_) return false;
        std::copy_n(bytes.begin(), bytes.size(), bytes_.begin() + size_);
        size_ = static_cast<std::uint8_t>(size_ + bytes.size());
        return true;
    }

    static bool fits(std::size_t size) noexcept { return size <= max_size; }

    sdk::ByteView view() const noexcept { return {bytes_.data(), size_}; }
    std::string_view text() const noexcept { return sdk::text_of(view()); }
    std::size_t size() const noexcept { return size_; }

    friend bool operator==(const Version& left, const Version& right) noexcept {
        return left.text() == right.text();
    }
    friend bool operator==(const Version& left, std::string_view right) noexcept {
        return left.text() == right;
    }

private:
    std::uint8_t size_ = 0;
    std::array<std::uint8_t, max_size> bytes_;
};

}  // namespace ajour::protocol
