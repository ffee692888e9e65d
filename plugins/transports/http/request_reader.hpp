// SPDX-License-Identifier: Apache-2.0
// Turns bytes, in pieces of any size, into requests. Door of Boost.Beast; knows no socket and no
// clock.
#pragma once

#include <ajour/sdk/bytes.hpp>

#include "answer.hpp"

#include <cstddef>
#include <memory>
#include <span>
#include <string_view>

namespace ajour::http {

/// One request, as far as anyone here cares. Views point into its reader and hold until `finish`.
struct Request {
    enum class Method : unsigned char { Get, Head, Post, Other };
    Method method = Method::Other;
    bool keep_alive = true;
    bool http_1_0 = false;
    bool has_authorization = false;
    std::span<char> target;         ///< readers may decode it in place
    std::span<char> authorization;  ///< the same; empty when the header came twice
    std::string_view content_type;
    sdk::ByteView body;
};

/// Reads requests that follow each other on one connection. Its memory is bounded by the two
/// limits.
class RequestReader {
public:
    enum class Progress : unsigned char {
        Incomplete,     ///< wants more bytes
        WantsContinue,  ///< as Incomplete, and the peer waits for "100 Continue" (RFC 9110 10.1.1)
        Complete,       ///< `request` holds one
        Failed,         ///< `problem` says why; the connection is of no further use
    };

    RequestReader(std::size_t header_limit, std::size_t body_limit);
    ~RequestReader();

    /// Where the next bytes go; never empty after Incomplete. Then `commit` says how many came.
    std::span<char> room() noexcept;
    void commit(std::size_t bytes) noexcept;

    /// Goes as far as the bytes allow. Not to be called again after Complete, before `finish`.
    Progress advance();

    const Request& request() const noexcept;
    const Answer& problem() const noexcept;

    /// Drops the request that was complete; the bytes behind it stay.
    void finish() noexcept;

    /// Whether nothing of any request is held.
    bool empty() const noexcept;

    /// Whether bytes are held that belong to no request yet.
    bool has_more() const noexcept;

    /// Forgets all and gives back what a large body took.
    void clear() noexcept;

private:
    struct State;
    std::unique_ptr<State> state_;
};

}  // namespace ajour::http
