// SPDX-License-Identifier: Apache-2.0
#include "admission.hpp"

#include <chrono>
#include <utility>

namespace ajour::broker {

using Clock = std::chrono::steady_clock;

namespace {

constexpr std::size_t max_user = 511, max_password = 1024;  // no device's is longer

bool can_be_right(const Login& login) {
    return login.user.size() <= max_user && !login.password.empty() &&
           login.password.size() <= max_password;
}

}  // namespace

Admission::Admission(const Options& options, Tell tell)
    : endpoint_(options), recent_(options.cache_age, options.cache_max), tell_(std::move(tell)) {}

/// A device's name has a slash; all others are the broker's own.
Verdict Admission::judge(const Login& login) {
    if (login.user.find('/') == std::string_view::npos) return Verdict::Defer;
    if (!can_be_right(login)) return Verdict::Deny;
    const auto now = Clock::now();
    if (recent_.knows(login.user, login.password, now)) return Verdict::Allow;
    if (now < pause_until_) return Verdict::Deny;
    return ask(login);
}

/// After a question in vain none is asked for as long as it took: the broker's only thread waits
/// here, so a server that does not answer may cost half of its time at most.
Verdict Admission::ask(const Login& login) {
    const auto begin = Clock::now();
    const auto answer = endpoint_.ask(login);
    const auto end = Clock::now();
    note(answer != Answer::None);
    switch (answer) {
        case Answer::Allow:
            recent_.remember(login.user, login.password, end);
            return Verdict::Allow;
        case Answer::Ignore:
            return Verdict::Defer;
        case Answer::Deny:
            return Verdict::Deny;
        case Answer::None:
            break;
    }
    pause_until_ = end + (end - begin);
    return Verdict::Deny;
}

void Admission::note(bool works) {
    if (works == works_) return;
    works_ = works;
    tell_(works, works ? "Ajour answers again" : "devices cannot log in: " + endpoint_.failure());
}

}  // namespace ajour::broker
