// SPDX-License-Identifier: Apache-2.0
#include "taps.hpp"

#include <pthread.h>

#include <algorithm>
#include <csignal>
#include <exception>

namespace ajour::drogue {
namespace {

constexpr std::chrono::milliseconds between_ticks{200};
constexpr unsigned unauthorized = 401;
constexpr unsigned forbidden = 403;

void block_signals() {
    sigset_t all;
    sigfillset(&all);
    pthread_sigmask(SIG_BLOCK, &all, nullptr);
}

}  // namespace

Taps::Taps(const Service& service) : service_(service) {
    tls_.set_verify_mode(boost::asio::ssl::verify_peer);
    if (service.settings.ca_file.empty()) {
        tls_.set_default_verify_paths();
    } else {
        tls_.load_verify_file(service.settings.ca_file);
    }
}

Taps::~Taps() {
    io_.stop();
    if (thread_.joinable()) thread_.join();
    branches_.clear();  // what their connections stand on goes after them
    service_.metrics.connected.set(0);
}

void Taps::spawn() {
    service_.host.set_trouble("not connected to " + service_.settings.address.text() + " yet");
    thread_ = std::thread([this] { run(); });
}

void Taps::run() noexcept {
    block_signals();
    tick();
    while (!io_.stopped()) {
        try {
            io_.run();
        } catch (const std::exception& thrown) {  // out of a handler, whose connection is gone
            service_.host.log(sdk::LogLevel::Error, thrown.what());
        }
    }
}

void Taps::tick() {
    follow_list();
    proof_ = service_.access.known();
    for (auto& [application, branch] : branches_) tend(application, branch);
    count_open();
    timer_.expires_after(between_ticks);
    timer_.async_wait([this](const boost::system::error_code& code) {
        if (!code) tick();
    });
}

void Taps::follow_list() {
    auto names = service_.applications.names();
    names.resize(std::min(names.size(), service_.settings.most));
    service_.metrics.applications.set(static_cast<std::int64_t>(names.size()));
    for (auto& [application, branch] : branches_) {
        if (!std::ranges::binary_search(names, application) && branch.tap) branch.tap->close();
    }
    std::erase_if(branches_, [&](const auto& each) {
        return !each.second.tap && !std::ranges::binary_search(names, each.first);
    });
    const auto& settings = service_.settings;
    for (const auto& name : names) {
        branches_.try_emplace(name,
                              Branch{{}, {settings.least_delay, settings.most_delay}, {}, {}, {}});
    }
}

void Taps::tend(const std::string& application, Branch& branch) {
    const bool is_new = proof_ && *proof_ != branch.shown;
    if (!branch.tap) {
        if (is_new || Clock::now() >= branch.again) open(application, branch);
        return;
    }
    if (!branch.open || !is_new || !proof_->is_bearer()) return;
    branch.tap->show_token(proof_->token);
    branch.shown = *proof_;
}

void Taps::open(const std::string& application, Branch& branch) {
    if (!proof_) return ended(application, proof_.error().text);
    const auto& settings = service_.settings;
    branch.shown = *proof_;
    branch.tap = Tap::open(io_, tls_,
                           {settings.address, application,
                            settings.address.target(application, settings.channel, settings.group),
                            proof_->header(), settings.connect, settings.event_bytes},
                           *this);
}

void Taps::count_open() noexcept {
    service_.metrics.connected.set(
        std::ranges::count_if(branches_, [](const auto& each) { return each.second.open; }));
}

void Taps::opened(const std::string& application) {
    auto& branch = branches_.at(application);
    branch.open = true;
    branch.backoff.reset();
    service_.metrics.connects.add();
    count_open();
    service_.host.set_trouble({});
    service_.host.log(sdk::LogLevel::Info, "connected to " + service_.settings.address.text() +
                                               " for the events of " + application);
}

void Taps::arrived(const std::string& application, std::string_view text) try {
    mqtt_client::Incoming message;
    message.payload = sdk::bytes_of(text);
    service_.statuses.take(application, message);
} catch (const std::exception&) {  // without memory its device asks again
    service_.metrics.events_unreadable.add();
}

void Taps::refused(const std::string& application, unsigned status) {
    if (status == unauthorized || status == forbidden) {
        service_.access.forget(branches_.at(application).shown);
    }
    ended(application, "it answered " + std::to_string(status));
}

void Taps::ended(const std::string& application, const std::string& why) {
    auto& branch = branches_.at(application);
    auto& metrics = service_.metrics;
    (branch.open ? metrics.connections_lost : metrics.connect_failures).add();
    branch.tap.reset();
    branch.open = false;
    branch.again =
        Clock::now() + branch.backoff.next(std::uniform_real_distribution<double>(0, 1)(chance_));
    const auto trouble =
        "no events of " + application + " from " + service_.settings.address.text() + ": " + why;
    service_.host.log(sdk::LogLevel::Warning, trouble);
    count_open();
    if (metrics.connected.value() == 0) service_.host.set_trouble(trouble);
}

}  // namespace ajour::drogue
