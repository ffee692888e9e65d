// SPDX-License-Identifier: Apache-2.0
#include "post.hpp"

#include <algorithm>
#include <ctime>

namespace ajour::hawkbit {

using sdk::Result;

namespace {

constexpr std::size_t LettersAtOnce = 20;

Instant now() {
    return std::chrono::steady_clock::now();
}

bool is_final(const Letter& letter) {
    return letter.weight == Letter::Weight::Final;
}

}  // namespace

std::int64_t retry_delay(int tries) noexcept {
    constexpr std::int64_t longest = 300;
    return std::min(std::int64_t{1} << std::clamp(tries, 0, 9), longest);
}

Result<bool> Post::send_due() {
    bool more = false;
    for (std::size_t i = 0; i < world_.tenants.size(); ++i) {
        const auto sent = send_due(i);
        if (!sent) return sent;
        more = more || *sent;
    }
    world_.metrics.letters.set(static_cast<std::int64_t>(world_.store->letters()));
    return more;
}

Result<bool> Post::send_due(std::size_t connection) {
    auto& tenant = *world_.tenants[connection];
    if (!tenant.may_write(now())) return false;
    const auto due = world_.store->due(tenant.name(), std::time(nullptr), LettersAtOnce);
    if (!due) return due.error();
    for (const auto& letter : *due) {
        if (!tenant.may_write(now())) return false;
        if (auto sent = send(connection, letter); !sent) return sent.error();
    }
    return due->size() == LettersAtOnce;
}

Result<void> Post::send(std::size_t connection, const Letter& letter) {
    auto& tenant = *world_.tenants[connection];
    const auto answer = tenant.post(letter.controller, letter.path, letter.body);
    if (answer) return settle(connection, letter, *answer);
    return world_.store->postpone(letter, std::time(nullptr) + retry_delay(letter.tries));
}

Result<void> Post::settle(std::size_t connection, const Letter& letter,
                          const http_client::Response& answer) {
    switch (reaction_to(answer.status, answer.body)) {
        case Reaction::Done:
            world_.metrics.letters_sent.add();
            if (is_final(letter)) visit_soon(connection, letter);
            return world_.store->remove(letter);
        case Reaction::Over:
            if (is_final(letter)) visit_soon(connection, letter);
            return world_.store->remove(letter);
        case Reaction::Quota:
            if (is_final(letter)) break;
            world_.metrics.letters_dropped.add();
            return world_.store->remove(letter);
        case Reaction::Wrong:
            world_.metrics.letters_refused.add();
            world_.host.log(sdk::LogLevel::Error, "hawkBit will not take what became of action " +
                                                      letter.action + " of " + letter.controller +
                                                      ": " +
                                                      explanation_of(answer.status, answer.body));
            return world_.store->remove(letter);
        default:
            break;
    }
    return world_.store->postpone(letter, std::time(nullptr) + retry_delay(letter.tries));
}

/// When an action ended, the next one may be there.
void Post::visit_soon(std::size_t connection, const Letter& letter) {
    if (auto controller = world_.controllers.find(connection, letter.controller)) {
        const std::lock_guard lock(controller->mutex);
        controller->told_an_end = true;
        world_.controllers.hasten(*controller, now());
    }
}

}  // namespace ajour::hawkbit
