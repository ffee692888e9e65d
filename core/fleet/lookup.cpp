// SPDX-License-Identifier: Apache-2.0
#include "fleet/lookup.hpp"

#include "certificates/certificates.hpp"
#include "fleet/credentials.hpp"

#include <string>

namespace ajour::fleet {

using sdk::ErrorKind;
using sdk::Result;

namespace {

constexpr std::size_t reason_max = 200;

}  // namespace

Result<Profile> Lookup::profile(const sdk::DeviceId& device) {
    counts_.looked_up.add();
    const auto record = registry_.try_look_up(device);
    const bool has_failed = !record && record.error().kind != ErrorKind::NotFound;
    if (has_failed) counts_.failed.add();
    watch(has_failed ? &record.error() : nullptr);
    if (!record) return record.error();
    return read_profile(device, *record);
}

/// Says once that the registry fails, and once that it does no more.
void Lookup::watch(const sdk::Error* failure) {
    const bool fails = failure != nullptr;
    if (fails_.exchange(fails) == fails || notices_ == nullptr) return;
    const auto line = fails ? "the registry fails: " + work::harmless(failure->text, reason_max)
                            : std::string("the registry answers again");
    notices_->tell({fails ? sdk::LogLevel::Warning : sdk::LogLevel::Info, "fleet", line, line});
}

Result<Profile> Lookup::sender(const sdk::Message& message) {
    if (message.credential.kind != sdk::Credential::Kind::Certificate) {
        return profile(sdk::DeviceId(message.sender));
    }
    const auto names = certificates::names_of(sdk::bytes_of(message.credential.secret));
    if (!names) return wrong_credential();
    auto found = profile({names->issuer, names->subject});
    const bool may_have_another = !names->common_name.empty();
    if (found || found.error().kind != ErrorKind::NotFound || !may_have_another) return found;
    return profile({names->issuer, names->common_name});
}

}  // namespace ajour::fleet
