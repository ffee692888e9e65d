// SPDX-License-Identifier: Apache-2.0
// One connection: reads requests, hands statuses to the host one at a time, writes answers.
#pragma once

#include <ajour/sdk/transport.hpp>

#include "answer.hpp"
#include "deadlines.hpp"
#include "request_reader.hpp"
#include "socket.hpp"
#include "stream.hpp"
#include "submission.hpp"

#include <boost/asio/io_context.hpp>
#include <boost/asio/posix/basic_stream_descriptor.hpp>

#include <cstdint>
#include <memory>
#include <string_view>

namespace ajour::http {

class Loop;

/// Everything here runs on the loop's thread.
class Connection final : public std::enable_shared_from_this<Connection>, public Timed {
public:
    Connection(Loop& loop, Arrival arrival, SslSession tls);

    void start();
    /// Closes now, or after the answer that is on its way.
    void drain();
    void close() noexcept;
    void expire() noexcept override;

    /// Ends the running turn with a command, or a refusal. `turn` tells whether it still runs.
    void send(std::uint64_t turn, sdk::ByteView command) noexcept;
    void refuse(std::uint64_t turn, sdk::ErrorKind kind) noexcept;

    /// Goes on with what came in behind a request that was answered late.
    void go_on() noexcept;

    Loop& loop() noexcept { return loop_; }

private:
    enum class State : unsigned char { Handshake, Reading, Answering, Writing, Lingering, Closed };
    using Descriptor =
        boost::asio::posix::basic_stream_descriptor<boost::asio::io_context::executor_type>;

    void wait_until(Need need);
    void proceed();
    void shake_hands();
    void read();
    void take_requests();
    void take(const Request& request);
    void submit(Submission& submission);
    void rest();
    void say_continue();
    void answer(const Answer& answer);
    void write(std::string_view head, sdk::ByteView body);
    void flush();
    void end_turn();
    void linger();
    void discard();
    void fail(const Answer& problem);
    bool runs(std::uint64_t turn) noexcept;
    Persistence persistence() const noexcept;

    Loop& loop_;
    Descriptor descriptor_;
    Stream stream_;
    const Peer peer_;
    const Place place_;
    State state_ = State::Reading;
    bool times_request_ = false;  ///< the deadline is that of a request which has begun
    bool closes_ = false;         ///< after the next answer
    bool failed_ = false;         ///< what follows on the connection cannot be understood
    bool json_ = false;           ///< the running turn's payload is said to be JSON
    bool head_only_ = false;      ///< the running request is a HEAD
    bool http_1_0_ = false;
    std::uint64_t turn_ = 0;
    std::size_t discarded_ = 0;
    std::unique_ptr<RequestReader> reader_;  ///< null while idle
    std::unique_ptr<ClientCertificate> certificate_;
    sdk::Bytes unsent_;        ///< an answer that the peer is slow to take
    std::size_t flushed_ = 0;  ///< of these, what has gone
};

}  // namespace ajour::http
