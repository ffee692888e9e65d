// SPDX-License-Identifier: Apache-2.0
#include "connection.hpp"

#include "loop.hpp"
#include "turn_reply.hpp"

#include <algorithm>
#include <chrono>
#include <variant>

namespace ajour::http {
namespace {

using namespace std::chrono_literals;

constexpr std::chrono::milliseconds linger_time = 2s;
constexpr std::size_t linger_bytes = 1 << 20;

}  // namespace

Connection::Connection(Loop& loop, Arrival arrival, SslSession tls)
    : loop_(loop),
      descriptor_(loop.io()),
      stream_(arrival.socket.get(), std::move(tls)),
      peer_(arrival.peer),
      place_(std::move(arrival.place)) {
    descriptor_.assign(arrival.socket.get());
    arrival.socket.release();
}

void Connection::start() {
    const auto& limits = loop_.service().limits;
    if (!stream_.is_encrypted()) return rest();
    state_ = State::Handshake;
    loop_.deadlines().set(*this, limits.handshake);
    wait_until(Need::Readable);
}

void Connection::drain() {
    const bool owes_answer = state_ == State::Answering || state_ == State::Writing;
    closes_ = true;
    if (!owes_answer) close();
}

void Connection::close() noexcept {
    if (state_ == State::Closed) return;
    if (state_ == State::Reading) stream_.say_goodbye();
    state_ = State::Closed;
    loop_.deadlines().clear(*this);
    boost::system::error_code ignored;
    descriptor_.close(ignored);
    if (reader_) loop_.give_back(std::move(reader_));
    loop_.forget(*this);
}

void Connection::expire() noexcept try {
    const auto self = shared_from_this();
    auto& metrics = loop_.service().metrics;
    switch (state_) {
        case State::Answering:
            metrics.answer_timeouts.add();
            answer(answers::NoAnswer);
            return go_on();
        case State::Reading:
            (times_request_ ? metrics.request_timeouts : metrics.idle_timeouts).add();
            return times_request_ ? fail(answers::TooSlow) : close();
        case State::Handshake:
            metrics.handshake_timeouts.add();
            return close();
        case State::Writing:
            metrics.write_timeouts.add();
            return close();
        case State::Lingering:
        case State::Closed:
            return close();
    }
} catch (...) {
    close();
}

void Connection::wait_until(Need need) {
    if (need == Need::Closed) return close();
    const auto event = need == Need::Writable ? Descriptor::wait_write : Descriptor::wait_read;
    descriptor_.async_wait(event, [self = shared_from_this()](const auto& error) {
        if (!error) self->proceed();
    });
}

void Connection::proceed() {
    switch (state_) {
        case State::Handshake:
            return shake_hands();
        case State::Reading:
            return read();
        case State::Writing:
            return flush();
        case State::Lingering:
            return discard();
        case State::Answering:
        case State::Closed:
            return;
    }
}

void Connection::shake_hands() {
    const auto need = stream_.shake_hands();
    if (need == Need::Closed) loop_.service().metrics.handshake_failures.add();
    if (need != Need::Nothing) return wait_until(need);
    certificate_ = peer_certificate(stream_.tls());
    state_ = State::Reading;
    read();
}

void Connection::read() {
    if (!reader_) reader_ = loop_.lease_reader();
    while (state_ == State::Reading) {
        const auto room = reader_->room();
        const auto received = stream_.read(room);
        if (received.need == Need::Closed) return close();
        if (received.need == Need::Writable) return wait_until(Need::Writable);
        reader_->commit(received.bytes);
        if (received.bytes > 0) take_requests();
        const bool may_have_more = received.bytes == room.size() || stream_.holds_back();
        if (!may_have_more) break;
    }
    if (state_ == State::Reading) rest();
}

/// Waits for more, without memory of its own when nothing has begun.
void Connection::rest() {
    const auto& limits = loop_.service().limits;
    const bool idle = !reader_ || reader_->empty();
    if (idle && reader_) loop_.give_back(std::move(reader_));
    if (idle || !times_request_) {
        loop_.deadlines().set(*this, idle ? limits.idle : limits.request);
    }
    times_request_ = !idle;
    wait_until(Need::Readable);
}

void Connection::take_requests() {
    while (state_ == State::Reading) {
        switch (reader_->advance()) {
            case RequestReader::Progress::Incomplete:
                return;
            case RequestReader::Progress::WantsContinue:
                return say_continue();
            case RequestReader::Progress::Complete:
                take(reader_->request());
                break;
            case RequestReader::Progress::Failed:
                return fail(reader_->problem());
        }
    }
}

/// A peer whose window is too full for 25 bytes does not get them: it may send its body all the
/// same.
void Connection::say_continue() {
    constexpr std::string_view go_ahead = "HTTP/1.1 100 Continue\r\n\r\n";
    const auto sent = stream_.write(go_ahead, {});
    if (sent.need == Need::Closed || (sent.bytes > 0 && sent.bytes < go_ahead.size())) close();
}

void Connection::take(const Request& request) {
    const auto& service = loop_.service();
    service.metrics.requests.add();
    times_request_ = false;
    head_only_ = request.method == Request::Method::Head;
    http_1_0_ = request.http_1_0;
    closes_ = !request.keep_alive || loop_.is_draining();
    auto outcome = interpret(request, {service.limits.authenticates, certificate_.get()});
    if (auto* submission = std::get_if<Submission>(&outcome)) {
        json_ = is_json(request.content_type);
        return submit(*submission);
    }
    reader_->finish();
    answer(*std::get<const Answer*>(outcome));
}

void Connection::submit(Submission& submission) {
    const auto& limits = loop_.service().limits;
    submission.message.peer = peer_.text();
    state_ = State::Answering;
    TurnReply reply(*this, ++turn_);
    loop_.service().inbox.submit(submission.message, reply);
    if (reader_) reader_->finish();
    if (reply.was_answered() || state_ != State::Answering) return;
    if (!reply.was_deferred()) return refuse(turn_, sdk::ErrorKind::Internal);
    if (reader_ && reader_->empty()) loop_.give_back(std::move(reader_));
    const auto asked = submission.command_timeout.value_or(0s);
    const auto patience = asked > 0s ? std::chrono::milliseconds(asked) : limits.answer;
    loop_.deadlines().set(*this, std::min(patience, limits.answer_max));
}

bool Connection::runs(std::uint64_t turn) noexcept {
    const bool running = state_ == State::Answering && turn == turn_;
    if (!running) loop_.service().metrics.late_answers.add();
    return running;
}

void Connection::send(std::uint64_t turn, sdk::ByteView command) noexcept try {
    if (!runs(turn)) return;
    loop_.service().metrics.answers.add();
    HeadRoom head;
    write(render_command_head(head, command.size(), persistence()), command);
} catch (...) {
    close();
}

void Connection::refuse(std::uint64_t turn, sdk::ErrorKind kind) noexcept try {
    if (!runs(turn)) return;
    loop_.service().metrics.refusals.add();
    answer(refusal(kind, json_));
} catch (...) {
    close();
}

void Connection::answer(const Answer& answer) {
    HeadRoom head;
    write(render_head(head, answer, persistence()),
          head_only_ ? sdk::ByteView() : sdk::bytes_of(answer.body));
}

Persistence Connection::persistence() const noexcept {
    if (closes_ || failed_) return Persistence::Close;
    return http_1_0_ ? Persistence::KeepAliveOfHttp10 : Persistence::KeepAlive;
}

void Connection::write(std::string_view head, sdk::ByteView body) {
    const auto sent = stream_.write(head, body);
    if (sent.need == Need::Closed) return close();
    if (sent.bytes == head.size() + body.size()) return end_turn();
    const auto head_sent = std::min(sent.bytes, head.size());
    const auto head_left = sdk::bytes_of(head.substr(head_sent));
    const auto body_left = body.subspan(sent.bytes - head_sent);
    unsent_.assign(head_left.begin(), head_left.end());
    unsent_.insert(unsent_.end(), body_left.begin(), body_left.end());
    flushed_ = 0;
    state_ = State::Writing;
    loop_.deadlines().set(*this, loop_.service().limits.write);
    wait_until(sent.need == Need::Readable ? Need::Readable : Need::Writable);
}

void Connection::flush() {
    const auto sent = stream_.write({}, sdk::ByteView(unsent_).subspan(flushed_));
    if (sent.need == Need::Closed) return close();
    flushed_ += sent.bytes;
    if (flushed_ < unsent_.size()) {
        return wait_until(sent.need == Need::Readable ? Need::Readable : Need::Writable);
    }
    sdk::Bytes().swap(unsent_);
    end_turn();
    go_on();
}

void Connection::end_turn() {
    state_ = State::Reading;
    if (failed_) return linger();
    if (!closes_) return;
    const bool has_unread = reader_ && reader_->has_more();
    has_unread ? linger() : close();
}

void Connection::go_on() noexcept try {
    if (state_ != State::Reading) return;
    if (reader_) take_requests();
    if (state_ != State::Reading) return;
    stream_.holds_back() ? read() : rest();
} catch (...) {
    close();
}

/// Reads on for a while, since a socket closed with unread bytes would take the answer back.
void Connection::linger() {
    state_ = State::Lingering;
    stream_.finish();
    loop_.deadlines().set(*this, linger_time);
    wait_until(Need::Readable);
}

void Connection::discard() {
    const auto received = stream_.discard();
    discarded_ += received.bytes;
    if (received.need == Need::Closed || discarded_ > linger_bytes) return close();
    wait_until(Need::Readable);
}

void Connection::fail(const Answer& problem) {
    auto& metrics = loop_.service().metrics;
    const bool too_long =
        &problem == &answers::HeaderTooLarge || &problem == &answers::TargetTooLong;
    const bool too_large = &problem == &answers::BodyTooLarge;
    if (too_long) metrics.headers_too_large.add();
    if (too_large) metrics.bodies_too_large.add();
    if (&problem == &answers::InvalidRequest) metrics.malformed.add();
    failed_ = true;
    head_only_ = false;
    answer(problem);
}

}  // namespace ajour::http
