// SPDX-License-Identifier: Apache-2.0
// What stands for a message's credential and sender, without keeping them.
#pragma once

#include <ajour/sdk/transport.hpp>

#include "digest/credential_tag.hpp"

namespace ajour::fleet {

/// All zero for a credential that is longer than any that is taken. Allocates nothing. [any]
digest::CredentialTag::Tag message_tag(const sdk::Message& message,
                                       const digest::CredentialTag& tags);

}  // namespace ajour::fleet
