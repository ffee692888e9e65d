// SPDX-License-Identifier: Apache-2.0
// coap_load --port N --pid N [--peers N] [--window N] [--seconds N]: sends confirmable statuses to
// 127.0.0.1 in the name of many peers, one after the other, and prints as JSON what a request took
// of the server's CPU time. A peer is an address below 127.0.0.0/8 and a port; a few sockets serve
// for all of them. Each peer is heard twice before time is taken, and gives back an Echo option.
#include "support/coap_message.hpp"

#include <arpa/inet.h>
#include <netinet/in.h>
#include <poll.h>
#include <sys/socket.h>

#include <algorithm>
#include <array>
#include <chrono>
#include <cstdint>
#include <cstdio>
#include <cstdlib>
#include <cstring>
#include <deque>
#include <filesystem>
#include <fstream>
#include <string>
#include <string_view>
#include <vector>

namespace {

using namespace ajour::support;
using Clock = std::chrono::steady_clock;

constexpr std::size_t socket_count = 16;
constexpr int buffer_bytes = 8 << 20;
constexpr std::uint32_t first_address = 0x7f010001;  // 127.1.0.1
constexpr std::chrono::milliseconds patience{1000};

/// {0: "1.0.0", 1: 512, 3: {0: "1.0.1", 1: 0}}: always the first block, so that all answers are
/// alike.
constexpr unsigned char status[] = {0xa3, 0x00, 0x45, '1',  '.',  '0',  '.',  '0',
                                    0x01, 0x19, 0x02, 0x00, 0x03, 0xa2, 0x00, 0x45,
                                    '1',  '.',  '0',  '.',  '1',  0x01, 0x00};

struct Options {
    std::uint16_t port = 0;
    long pid = 0;
    std::size_t peers = 64;
    std::size_t window = 64;
    long seconds = 4;
};

Options options_of(int count, char** words) {
    Options options;
    for (int i = 1; i + 1 < count; i += 2) {
        const std::string_view flag = words[i];
        const long value = std::strtol(words[i + 1], nullptr, 10);
        if (flag == "--port") options.port = static_cast<std::uint16_t>(value);
        if (flag == "--pid") options.pid = value;
        if (flag == "--peers") options.peers = static_cast<std::size_t>(value);
        if (flag == "--window") options.window = static_cast<std::size_t>(value);
        if (flag == "--seconds") options.seconds = value;
    }
    options.window = std::min(options.window, options.peers);
    return options;
}

/// Nanoseconds that all threads of a process were on a CPU.
double cpu_of(long pid) {
    double total = 0;
    std::error_code error;
    const auto tasks = std::filesystem::path("/proc") / std::to_string(pid) / "task";
    for (const auto& task : std::filesystem::directory_iterator(tasks, error)) {
        double on_cpu = 0;
        std::ifstream(task.path() / "schedstat") >> on_cpu;
        total += on_cpu;
    }
    return total;
}

long resident_kib(long pid) {
    std::ifstream file("/proc/" + std::to_string(pid) + "/status");
    for (std::string line; std::getline(file, line);) {
        if (line.starts_with("VmRSS:")) return std::strtol(line.c_str() + 6, nullptr, 10);
    }
    return 0;
}

struct Peer {
    std::uint16_t id = 0;
    bool waits = false;
    Clock::time_point sent;
    std::string echo;
};

class Load {
public:
    explicit Load(const Options& options) : options_(options), peers_(options.peers) {
        for (auto& socket : sockets_) socket = {open_socket(), POLLIN, 0};
        for (std::size_t i = 0; i < options_.peers; ++i)
            peers_[i].id = static_cast<std::uint16_t>(i * 7);
    }

    /// Lets the peers speak in turn until `end` says so.
    template <typename End>
    void run(End end) {
        for (; under_way_ < options_.window; ++under_way_) send_next();
        while (!end()) {
            ::poll(sockets_.data(), sockets_.size(), 100);
            for (std::size_t i = 0; i < sockets_.size(); ++i) {
                while (receive(i)) {
                }
            }
            resend();
        }
    }

    void expect_echo(bool expects) { expects_echo_ = expects; }

    std::uint64_t answered() const { return answered_; }
    std::uint64_t resent() const { return resent_; }
    std::uint64_t bytes_sent() const { return bytes_sent_; }
    std::uint64_t bytes_received() const { return bytes_received_; }

private:
    static int open_socket() {
        const int socket = ::socket(AF_INET, SOCK_DGRAM | SOCK_NONBLOCK, 0);
        const int on = 1;
        ::setsockopt(socket, IPPROTO_IP, IP_PKTINFO, &on, sizeof on);
        ::setsockopt(socket, SOL_SOCKET, SO_RCVBUFFORCE, &buffer_bytes, sizeof buffer_bytes);
        sockaddr_in any{};
        any.sin_family = AF_INET;
        if (::bind(socket, reinterpret_cast<const sockaddr*>(&any), sizeof any) != 0) std::exit(1);
        return socket;
    }

    void send_next() {
        while (peers_[next_].waits) next_ = (next_ + 1) % peers_.size();
        const auto peer = next_;
        next_ = (next_ + 1) % peers_.size();
        ++peers_[peer].id;
        peers_[peer].waits = true;
        send(peer);
        outstanding_.push_back(peer);
    }

    std::string request_of(const Peer& peer) const {
        auto message =
            coap_status(peer.id, std::string(reinterpret_cast<const char*>(status), sizeof status));
        message.options.erase(coap_option::authorization);
        message.with(coap_option::authorization, "Basic ZEBiZW5jaDpzZWNyZXQ=");  // d@bench:secret
        if (!peer.echo.empty()) message.with(coap_option::echo, peer.echo);
        return encode(message);
    }

    void send(std::size_t number) {
        auto& peer = peers_[number];
        const auto request = request_of(peer);
        peer.sent = Clock::now();
        bytes_sent_ += request.size();
        sockaddr_in to{};
        to.sin_family = AF_INET;
        to.sin_port = htons(options_.port);
        to.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
        iovec piece{const_cast<char*>(request.data()), request.size()};
        alignas(cmsghdr) std::array<char, CMSG_SPACE(sizeof(in_pktinfo))> control{};
        msghdr message{&to, sizeof to, &piece, 1, control.data(), control.size(), 0};
        auto* header = CMSG_FIRSTHDR(&message);
        header->cmsg_level = IPPROTO_IP;
        header->cmsg_type = IP_PKTINFO;
        header->cmsg_len = CMSG_LEN(sizeof(in_pktinfo));
        in_pktinfo from{};
        from.ipi_spec_dst.s_addr =
            htonl(first_address + static_cast<std::uint32_t>(number / socket_count));
        std::memcpy(CMSG_DATA(header), &from, sizeof from);
        (void)!::sendmsg(sockets_[number % socket_count].fd, &message, 0);
    }

    /// False when no datagram waits on that socket.
    bool receive(std::size_t socket) {
        std::array<char, 4096> datagram;
        iovec piece{datagram.data(), datagram.size()};
        alignas(cmsghdr) std::array<char, 256> control;
        msghdr message{nullptr, 0, &piece, 1, control.data(), control.size(), 0};
        const auto size = ::recvmsg(sockets_[socket].fd, &message, 0);
        if (size < 0) return false;
        in_pktinfo to{};
        for (auto* header = CMSG_FIRSTHDR(&message); header != nullptr;
             header = CMSG_NXTHDR(&message, header)) {
            if (header->cmsg_type == IP_PKTINFO) std::memcpy(&to, CMSG_DATA(header), sizeof to);
        }
        const auto number = (ntohl(to.ipi_addr.s_addr) - first_address) * socket_count + socket;
        if (number < peers_.size()) take(number, {datagram.data(), static_cast<std::size_t>(size)});
        return true;
    }

    void take(std::size_t number, std::string_view datagram) {
        auto& peer = peers_[number];
        const auto id =
            static_cast<unsigned char>(datagram[2]) * 256 + static_cast<unsigned char>(datagram[3]);
        if (!peer.waits || id != peer.id) return;
        peer.waits = false;
        peer.echo.clear();
        if (expects_echo_) {
            if (const auto answer = decode(datagram)) peer.echo = answer->option(coap_option::echo);
        }
        ++answered_;
        bytes_received_ += datagram.size();
        send_next();
    }

    /// Those at the front were sent first.
    void resend() {
        const auto now = Clock::now();
        while (!outstanding_.empty()) {
            const auto number = outstanding_.front();
            auto& peer = peers_[number];
            if (peer.waits && now - peer.sent < patience) return;
            outstanding_.pop_front();
            if (!peer.waits) continue;
            ++resent_;
            send(number);
            outstanding_.push_back(number);
        }
    }

    const Options options_;
    std::vector<Peer> peers_;
    std::array<pollfd, socket_count> sockets_{};
    std::deque<std::size_t> outstanding_;
    std::size_t next_ = 0;
    std::size_t under_way_ = 0;
    std::uint64_t answered_ = 0;
    std::uint64_t resent_ = 0;
    std::uint64_t bytes_sent_ = 0;
    std::uint64_t bytes_received_ = 0;
    bool expects_echo_ = true;
};

}  // namespace

int main(int count, char** words) {
    const auto options = options_of(count, words);
    if (options.port == 0 || options.pid == 0 || options.peers == 0) {
        std::fprintf(stderr,
                     "usage: coap_load --port N --pid N [--peers N] [--window N] [--seconds N]\n");
        return 2;
    }
    Load load(options);
    const auto resident_before = resident_kib(options.pid);
    const auto warm_until = Clock::now() + std::chrono::seconds(60);
    load.run([&] { return load.answered() >= 2 * options.peers || Clock::now() > warm_until; });
    load.expect_echo(false);
    const auto warm = load.answered();
    const auto sent = load.bytes_sent();
    const auto received = load.bytes_received();
    const auto cpu = cpu_of(options.pid);
    const auto begin = Clock::now();
    load.run([&] { return Clock::now() - begin > std::chrono::seconds(options.seconds); });
    const auto requests = static_cast<double>(load.answered() - warm);
    const auto seconds = std::chrono::duration<double>(Clock::now() - begin).count();
    std::printf(
        "{\"peers\": %zu, \"requests\": %.0f, \"per_second\": %.0f, \"cpu_us_per_request\": %.2f, "
        "\"resent\": %llu, \"bytes_per_request\": %.0f, \"bytes_per_answer\": %.0f, "
        "\"resident_kib_before\": %ld, \"resident_kib\": %ld}\n",
        options.peers, requests, requests / seconds,
        (cpu_of(options.pid) - cpu) / 1000 / std::max(1.0, requests),
        static_cast<unsigned long long>(load.resent()),
        static_cast<double>(load.bytes_sent() - sent) / std::max(1.0, requests),
        static_cast<double>(load.bytes_received() - received) / std::max(1.0, requests),
        resident_before, resident_kib(options.pid));
    return requests > 0 ? 0 : 1;
}
