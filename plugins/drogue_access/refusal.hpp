// SPDX-License-Identifier: Apache-2.0
// What a Drogue Cloud says to a credential that it does not believe. Pure.
#pragma once

#include "http_client/message.hpp"

namespace ajour::drogue_access {

/// It refuses our credential, and not only the object: 401, or its 403 that names neither.
bool is_refused_credential(const http_client::Response& answer);

}  // namespace ajour::drogue_access
