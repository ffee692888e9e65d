// SPDX-License-Identifier: Apache-2.0
// hawkBit's answer to a poll: when to come back, and what there is to do. Pure.
#pragma once

#include <ajour/sdk/result.hpp>

#include <chrono>
#include <optional>
#include <string>
#include <string_view>

namespace ajour::hawkbit {

/// What a link names. Only that is taken from links within hawkBit: host and path are ours, so that
/// no answer leads us, or the token, anywhere else.
struct ActionLink {
    std::string id;     ///< 1 to 20 digits; empty: the link ends before the id
    std::string state;  ///< of `c=`, changes with the action's state; may be empty

    friend bool operator==(const ActionLink&, const ActionLink&) = default;
};

struct RootAnswer {
    std::optional<std::chrono::seconds> sleep;  ///< absent: not said, or `remark` says why not
    std::optional<ActionLink> deployment, cancel, confirmation, installed;
    bool wants_attributes = false;
    std::string remark;
};

sdk::Result<RootAnswer> parse_root(std::string_view text);

/// The id that a link to `what` (as "deploymentBase") ends in, and its `c=`.
sdk::Result<ActionLink> parse_action_link(std::string_view href, std::string_view what);

/// `confirmationBase` without an id leads to the one that names it.
sdk::Result<std::optional<ActionLink>> parse_confirmation_base(std::string_view text);

/// Whether a text is an action's id: 1 to 20 digits.
bool is_action_id(std::string_view text) noexcept;

}  // namespace ajour::hawkbit
