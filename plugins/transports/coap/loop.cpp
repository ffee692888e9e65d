// SPDX-License-Identifier: Apache-2.0
#include "loop.hpp"

#include <pthread.h>
#include <sys/epoll.h>
#include <sys/eventfd.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <csignal>
#include <exception>
#include <stdexcept>

namespace ajour::coap {
namespace {

constexpr std::size_t largest_request = 2048;
constexpr int most_at_once = 64;
constexpr int longest_wait = 1000;

void block_signals() {
    sigset_t all;
    sigfillset(&all);
    pthread_sigmask(SIG_BLOCK, &all, nullptr);
}

void watch(int poll, int descriptor) {
    epoll_event event{};
    event.events = EPOLLIN;
    event.data.fd = descriptor;
    if (::epoll_ctl(poll, EPOLL_CTL_ADD, descriptor, &event) != 0) {
        throw std::runtime_error("epoll watches no socket");
    }
}

}  // namespace

Loop::Loop(const Service& service, UdpSocket socket)
    : service_(service),
      socket_(std::move(socket)),
      waking_(::eventfd(0, EFD_NONBLOCK | EFD_CLOEXEC)),
      poll_(::epoll_create1(EPOLL_CLOEXEC)),
      datagram_(std::max(largest_request, service.limits.datagram_bytes)),
      endpoint_({service.limits, service.metrics, service.inbox, socket_}, [this] { wake(); }) {
    watch(poll_.get(), socket_.descriptor());
    watch(poll_.get(), waking_.get());
}

Loop::~Loop() {
    drain();
    join();
}

void Loop::spawn() {
    thread_ = std::thread([this] { run(); });
}

void Loop::drain() {
    if (draining_.exchange(true)) return;
    last_moment_ = now() + service_.limits.stop;
    wake();
}

void Loop::join() {
    if (thread_.joinable()) thread_.join();
}

void Loop::run() noexcept {
    block_signals();
    while (!has_ended()) {
        try {
            run_once();
        } catch (const std::exception& thrown) {
            service_.host.log(sdk::LogLevel::Error, thrown.what());
        }
    }
}

bool Loop::has_ended() const noexcept {
    return draining_ && (!endpoint_.owes_answers() || now() >= last_moment_.load());
}

void Loop::run_once() {
    std::array<epoll_event, 2> events{};
    const int count = ::epoll_wait(poll_.get(), events.data(), events.size(), wait_time());
    for (int i = 0; i < count; ++i) {
        if (events[static_cast<std::size_t>(i)].data.fd == socket_.descriptor()) {
            read();
        } else {
            std::uint64_t ignored = 0;
            (void)!::read(waking_.get(), &ignored, sizeof ignored);
        }
    }
    endpoint_.advance(now());
}

/// A few datagrams, so that what is due is not held up by a flood.
void Loop::read() {
    if (draining_) return;
    const auto moment = now();
    for (int i = 0; i < most_at_once; ++i) {
        const auto received = socket_.receive(datagram_);
        if (!received) return;
        endpoint_.receive({received->peer, std::span(datagram_).first(received->size),
                           received->is_whole, nullptr, false},
                          moment);
    }
}

int Loop::wait_time() const noexcept {
    const auto due = endpoint_.next_due();
    if (!due) return draining_ ? 10 : longest_wait;
    const auto left = (*due - now()).count();
    return static_cast<int>(std::clamp<std::int64_t>(left, 0, draining_ ? 10 : longest_wait));
}

void Loop::wake() noexcept {
    const std::uint64_t one = 1;
    (void)!::write(waking_.get(), &one, sizeof one);
}

Loop::Time Loop::now() const noexcept {
    return std::chrono::duration_cast<Time>(Clock::now() - born_);
}

}  // namespace ajour::coap
