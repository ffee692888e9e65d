// SPDX-License-Identifier: Apache-2.0
// SHA-256 (FIPS 180-4) of bytes that are at hand or that stream by. Knows nothing of what they
// mean.
#pragma once

#include <ajour/sdk/bytes.hpp>
#include <ajour/sdk/release.hpp>
#include <ajour/sdk/result.hpp>

#include <memory>
#include <string_view>

namespace ajour::digest {

/// Takes bytes in order. Not thread-safe. Throws std::bad_alloc when there is no memory for it.
class Sha256Stream {
public:
    Sha256Stream();
    ~Sha256Stream();
    Sha256Stream(Sha256Stream&&) noexcept;
    Sha256Stream& operator=(Sha256Stream&&) noexcept;

    void update(sdk::ByteView bytes);
    /// The digest of all that was given; the stream begins anew.
    sdk::Sha256 finish();

private:
    struct Context;
    std::unique_ptr<Context> context_;
};

sdk::Sha256 sha256(sdk::ByteView bytes);

/// 64 hexadecimal digits of either case, with or without "sha256:" in front.
sdk::Result<sdk::Sha256> parse_hex(std::string_view text);

}  // namespace ajour::digest
