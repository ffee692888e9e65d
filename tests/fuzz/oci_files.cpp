// SPDX-License-Identifier: Apache-2.0
// Any bytes as a webhook's event and as a file of credentials: names that may be asked for, or an
// error that shows nothing of the file.
#include "distribution/auths_file.hpp"
#include "hook/events.hpp"
#include "reference.hpp"

#include <cstdint>
#include <cstdlib>
#include <string_view>

namespace {

using namespace ajour::oci;

void require(bool holds) {
    if (!holds) std::abort();
}

void read_events(std::string_view text) {
    const auto events = parse_events(text);
    if (!events) return require(events.error().text.size() <= 1024);
    require(events->size() <= 256);
    for (const auto& pushed : *events) {
        require(is_repository(pushed.repository) && (pushed.tag.empty() || is_tag(pushed.tag)));
    }
}

void read_auths(std::string_view text) {
    const auto login = login_of(text, "registry.example", "acme/fw");
    if (!login) {
        require(login.error().text.size() <= 80);
        return;
    }
    require(login->user.size() + login->password.size() <= 2 * text.size());
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    const std::string_view text(reinterpret_cast<const char*>(data), size);
    read_events(text);
    read_auths(text);
    return 0;
}
