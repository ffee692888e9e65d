// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <compare>
#include <cstddef>
#include <functional>
#include <string>
#include <string_view>

namespace ajour::sdk {

/// Names a device without owning the names; lives as long as the text it points to.
struct DeviceView {
    std::string_view application;
    std::string_view device;

    friend bool operator==(const DeviceView&, const DeviceView&) = default;
};

/// Names a device: an application and, within it, a device. Both are 1 to 255 bytes of UTF-8.
struct DeviceId {
    std::string application;
    std::string device;

    DeviceId() = default;
    DeviceId(std::string app, std::string dev)
        : application(std::move(app)), device(std::move(dev)) {}
    explicit DeviceId(const DeviceView& view)
        : application(view.application), device(view.device) {}

    operator DeviceView() const noexcept { return {application, device}; }

    /// "application/device", for people.
    std::string text() const { return application + "/" + device; }

    friend auto operator<=>(const DeviceId&, const DeviceId&) = default;
    friend bool operator==(const DeviceId&, const DeviceId&) = default;
};

/// Hash for containers that are looked up by DeviceId or DeviceView alike.
struct DeviceHash {
    using is_transparent = void;

    std::size_t operator()(const DeviceView& view) const noexcept {
        const std::hash<std::string_view> hash;
        return hash(view.application) * 0x9e3779b97f4a7c15ULL ^ hash(view.device);
    }
    std::size_t operator()(const DeviceId& id) const noexcept { return (*this)(DeviceView(id)); }
};

/// Equality for containers that are looked up by DeviceId or DeviceView alike.
struct DeviceEqual {
    using is_transparent = void;

    bool operator()(const DeviceView& left, const DeviceView& right) const noexcept {
        return left == right;
    }
};

}  // namespace ajour::sdk
