// SPDX-License-Identifier: Apache-2.0
// What the tests with a scripted OCI registry have in common.
#pragma once

#include "integration/oci_fake_registry.hpp"
#include "integration/oci_source.hpp"

#include <chrono>
#include <string>
#include <thread>

namespace ajour::support {

inline const std::string fw = R"({"image":"fw:1.0"})";
inline const std::string always = R"({"image":"fw:1.0","imagePullPolicy":"Always"})";

inline sdk::contract::SettingValues settings(const OciFakeRegistry& registry,
                                             sdk::contract::SettingValues more = {}) {
    more.insert({{"prefix", registry.prefix()},
                 {"plain", "true"},
                 {"poll", "1s"},
                 {"timeout.request", "60s"}});
    return more;
}

inline void wait_for_the_next_look() {
    std::this_thread::sleep_for(std::chrono::milliseconds(1100));
}

}  // namespace ajour::support
