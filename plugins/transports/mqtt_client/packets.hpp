// SPDX-License-Identifier: Apache-2.0
// What goes over a connection, and how a transport wants it to be. Knows no library.
#pragma once

#include <ajour/sdk/bytes.hpp>

#include <algorithm>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace ajour::mqtt_client {

/// Names and values, as MQTT 5 lets users add them.
using UserProperties = std::vector<std::pair<std::string, std::string>>;

/// A message from the broker; valid during the call only.
struct Incoming {
    std::string_view topic;
    sdk::ByteView payload;
    bool retained = false;
    std::string_view response_topic;  ///< empty: none (MQTT 5)
    sdk::ByteView correlation;        ///< empty: none (MQTT 5)
    std::string_view content_type;    ///< empty: none (MQTT 5)
    /// Read only with Wishes::user_properties, and at most 64 of them (MQTT 5).
    const UserProperties* user_properties = nullptr;
};

/// A message for the broker; needed during the call only.
struct Outgoing {
    const std::string& topic;
    sdk::ByteView payload;
    sdk::ByteView correlation;
};

/// What is said on behalf of the server itself.
struct Presence {
    std::string topic;  ///< empty: nothing is said
    std::string online;
    std::string offline;  ///< also the last will
};

/// Who we say that we are; each may be empty.
struct Login {
    std::string user;
    std::string password;
};

/// What a transport wants of its next connection.
struct Wishes {
    std::vector<std::string> filters;
    std::vector<std::string> spare_filters;  ///< more of them, which may be refused at any rate
    Presence presence;
    bool every_filter = true;      ///< a subscription that is refused ends the connection
    bool user_properties = false;  ///< whether those of messages are read (MQTT 5)
    UserProperties subscription;   ///< goes with each subscription (MQTT 5)
    std::optional<Login> login;    ///< nothing: that of the settings

    bool needs(const std::string& filter) const {
        return every_filter && std::ranges::find(spare_filters, filter) == spare_filters.end();
    }
};

}  // namespace ajour::mqtt_client
