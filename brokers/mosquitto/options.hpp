// SPDX-License-Identifier: Apache-2.0
// What mosquitto.conf says to the plugin, by lines plugin_opt_NAME VALUE.
#pragma once

#include <chrono>
#include <cstddef>
#include <span>
#include <string>
#include <string_view>
#include <utility>

namespace ajour::broker {

struct Options {
    std::string url = "http://127.0.0.1:8088/api/ajour/v1/broker/authenticate";
    std::string token_file;  ///< read at each question, so that it may change
    std::string ca_file;     ///< for https://; empty: the authorities that the system trusts
    std::chrono::seconds timeout{2};
    std::chrono::seconds cache_age{5};  ///< how long a login that was right is not asked for again
    std::size_t cache_max = 10'000;
};

using NameAndValue = std::pair<std::string_view, std::string_view>;

/// Takes the lines over. Returns what is wrong with them, in a sentence; empty: nothing.
std::string read_options(std::span<const NameAndValue> lines, Options& options);

}  // namespace ajour::broker
