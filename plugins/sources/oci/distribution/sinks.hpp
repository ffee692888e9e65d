// SPDX-License-Identifier: Apache-2.0
// Sinks that bound and check what an OCI registry sends.
#pragma once

#include <ajour/sdk/bytes.hpp>
#include <ajour/sdk/host.hpp>

#include "crypto/hash.hpp"

#include <chrono>
#include <cstdint>
#include <string>
#include <utility>

namespace ajour::oci {

/// Passes on `expected` bytes; more are a Mismatch, and any after `deadline` a Timeout.
class BoundedSink final : public sdk::ByteSink {
public:
    BoundedSink(sdk::ByteSink& next, std::uint64_t expected,
                std::chrono::steady_clock::time_point deadline, sdk::Metric& bytes)
        : next_(next), expected_(expected), deadline_(deadline), bytes_(bytes) {}

    sdk::Result<void> write(sdk::ByteView bytes) noexcept override {
        if (bytes.size() > expected_ - taken_) {
            return sdk::Error{sdk::ErrorKind::Mismatch, "the OCI registry sends more than the " +
                                                            std::to_string(expected_) +
                                                            " bytes that were expected"};
        }
        if (std::chrono::steady_clock::now() > deadline_) {
            return sdk::Error{sdk::ErrorKind::Timeout,
                              "the download takes longer than source.oci.timeout.download"};
        }
        taken_ += bytes.size();
        bytes_.add(static_cast<std::int64_t>(bytes.size()));
        return next_.write(bytes);
    }

    std::uint64_t taken() const noexcept { return taken_; }

private:
    sdk::ByteSink& next_;
    const std::uint64_t expected_;
    const std::chrono::steady_clock::time_point deadline_;
    sdk::Metric& bytes_;
    std::uint64_t taken_ = 0;
};

/// Keeps all in memory; its user bounds it.
class WholeBlobSink final : public sdk::ByteSink {
public:
    sdk::Result<void> write(sdk::ByteView bytes) noexcept override {
        text_.append(sdk::text_of(bytes));
        return {};
    }
    std::string take() { return std::move(text_); }

private:
    std::string text_;
};

/// Passes on what it takes, and knows its digest.
class HashingSink final : public sdk::ByteSink {
public:
    explicit HashingSink(sdk::ByteSink& next) : next_(next) {}

    sdk::Result<void> write(sdk::ByteView bytes) noexcept override {
        hash_.update(bytes);
        return next_.write(bytes);
    }
    sdk::Sha256 finish() { return hash_.finish(); }

private:
    sdk::ByteSink& next_;
    Hash hash_;
};

}  // namespace ajour::oci
