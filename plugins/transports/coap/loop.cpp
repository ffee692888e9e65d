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
constexpr std::int64_t longest_wait = 1000;
constexpr std::int64_t longest_wait_at_stop = 10;

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

Loop::Loop(const Door::Service& service)
    : service_(service),
      waking_(::eventfd(0, EFD_NONBLOCK | EFD_CLOEXEC)),
      poll_(::epoll_create1(EPOLL_CLOEXEC)),
      datagram_(std::max(largest_request, service.limits.datagram_bytes)) {
    watch(poll_.get(), waking_.get());
}

Loop::~Loop() {
    drain();
    join();
}

void Loop::open(UdpSocket socket) {
    add(make_plain_door(service_, std::move(socket), [this] { wake(); }));
}

void Loop::open(UdpSocket socket, std::unique_ptr<DtlsServer> server) {
    add(make_secured_door(service_, std::move(socket), std::move(server), [this] { wake(); }));
}

void Loop::add(std::unique_ptr<Door> door) {
    watch(poll_.get(), door->socket().descriptor());
    doors_.push_back(std::move(door));
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
    if (!draining_) return false;
    const bool owes =
        std::ranges::any_of(doors_, [](const auto& door) { return door->owes_answers(); });
    return !owes || now() >= last_moment_.load();
}

/// What comes from now on waits in the sockets, and wakes nobody.
void Loop::close_doors() noexcept {
    for (const auto& door : doors_) {
        ::epoll_ctl(poll_.get(), EPOLL_CTL_DEL, door->socket().descriptor(), nullptr);
    }
}

void Loop::run_once() {
    if (draining_) close_doors();
    std::array<epoll_event, 4> events{};
    const int count = ::epoll_wait(poll_.get(), events.data(), events.size(), wait_time());
    for (int i = 0; i < count; ++i) read(events[static_cast<std::size_t>(i)].data.fd);
    for (const auto& door : doors_) door->advance(now());
}

void Loop::read(int descriptor) {
    if (descriptor == waking_.get()) {
        std::uint64_t ignored = 0;
        (void)!::read(waking_.get(), &ignored, sizeof ignored);
    }
    for (const auto& door : doors_) {
        if (door->socket().descriptor() == descriptor) door->read(datagram_, now());
    }
}

int Loop::wait_time() const noexcept {
    auto wait = draining_ ? longest_wait_at_stop : longest_wait;
    for (const auto& door : doors_) {
        if (const auto due = door->next_due()) {
            wait = std::clamp<std::int64_t>((*due - now()).count(), 0, wait);
        }
    }
    return static_cast<int>(wait);
}

void Loop::wake() noexcept {
    const std::uint64_t one = 1;
    (void)!::write(waking_.get(), &one, sizeof one);
}

Loop::Time Loop::now() const noexcept {
    return std::chrono::duration_cast<Time>(Clock::now() - born_);
}

}  // namespace ajour::coap
