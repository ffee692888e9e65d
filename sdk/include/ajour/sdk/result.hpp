// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <utility>
#include <variant>

namespace ajour::sdk {

/// What went wrong, as far as code must tell it apart; the text of an Error is for people.
enum class ErrorKind : std::uint8_t {
    Malformed,    ///< bytes or text that cannot be what they should be; asking again will not help
    NotFound,     ///< the thing asked for does not exist
    Unavailable,  ///< a service that should answer does not now; ask again later
    Refused,      ///< the asker may not; wrong credential, disabled device, missing signature
    Mismatch,     ///< size, digest, version or revision differs from what was promised
    Timeout,      ///< a deadline passed
    Full,         ///< a bound was reached; ask again later
    Throttled,    ///< the asker asks too often
    Internal,     ///< a fault of ours
};

/// The kind as one lower-case word, for logs and metrics. Static storage.
constexpr std::string_view text_of(ErrorKind kind) noexcept {
    constexpr std::string_view words[] = {"malformed", "not_found", "unavailable",
                                          "refused",   "mismatch",  "timeout",
                                          "full",      "throttled", "internal"};
    return words[static_cast<std::uint8_t>(kind)];
}

/// An error on its way up. Text: what was being done, what was found, what was expected.
struct Error {
    ErrorKind kind = ErrorKind::Internal;
    std::string text;

    /// The same error with the place put in front: "fetching fw 1.2: connection refused".
    [[nodiscard]] Error in(std::string_view place) const {
        return {kind, std::string(place).append(": ").append(text)};
    }
};

/// A value, or the Error that stands in its place. Reading the wrong one is undefined: ask first.
template <typename T>
class [[nodiscard]] Result {
public:
    Result(T value) : state_(std::in_place_index<0>, std::move(value)) {}
    Result(Error error) : state_(std::in_place_index<1>, std::move(error)) {}

    bool ok() const noexcept { return state_.index() == 0; }
    explicit operator bool() const noexcept { return ok(); }

    T& value() & noexcept { return *std::get_if<0>(&state_); }
    const T& value() const& noexcept { return *std::get_if<0>(&state_); }
    T&& value() && noexcept { return std::move(*std::get_if<0>(&state_)); }
    T& operator*() & noexcept { return value(); }
    const T& operator*() const& noexcept { return value(); }
    T&& operator*() && noexcept { return std::move(*this).value(); }
    T* operator->() noexcept { return std::get_if<0>(&state_); }
    const T* operator->() const noexcept { return std::get_if<0>(&state_); }

    const Error& error() const noexcept { return *std::get_if<1>(&state_); }

private:
    std::variant<T, Error> state_;
};

/// Success without a value, or an Error.
template <>
class [[nodiscard]] Result<void> {
public:
    Result() = default;
    Result(Error error) : failed_(true), error_(std::move(error)) {}

    bool ok() const noexcept { return !failed_; }
    explicit operator bool() const noexcept { return ok(); }
    const Error& error() const noexcept { return error_; }

private:
    bool failed_ = false;
    Error error_;
};

}  // namespace ajour::sdk
