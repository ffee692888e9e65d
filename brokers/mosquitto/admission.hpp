// SPDX-License-Identifier: Apache-2.0
// Who may log in at the broker: asks Ajour, but not twice in a moment, and not one who does not
// answer.
#pragma once

#include "endpoint.hpp"
#include "recent_logins.hpp"

#include <cstdint>
#include <functional>
#include <string>

namespace ajour::broker {

enum class Verdict : std::uint8_t {
    Allow,
    Deny,
    Defer,  ///< not ours to say
};

class Admission {
public:
    /// What the operator should know. Called when it changes whether Ajour can be asked.
    using Tell = std::function<void(bool works, const std::string& text)>;

    Admission(const Options& options, Tell tell);

    Verdict judge(const Login& login);

private:
    Verdict ask(const Login& login);
    void note(bool works);

    Endpoint endpoint_;
    RecentLogins recent_;
    const Tell tell_;
    bool works_ = true;
    Instant pause_until_{};
};

}  // namespace ajour::broker
