// SPDX-License-Identifier: Apache-2.0
#include "hook/registry_hook.hpp"

#include "hook/proof.hpp"

#include <utility>

namespace ajour::oci {

using sdk::Error;
using sdk::ErrorKind;
using sdk::Result;

RegistryHook::RegistryHook(std::string secret, bool open, sdk::Host& host, Metrics& metrics,
                           Expire expire)
    : secret_(std::move(secret)),
      open_(open),
      host_(host),
      metrics_(metrics),
      expire_(std::move(expire)) {}

Result<void> RegistryHook::receive(const sdk::HookRequest& request) {
    if (!open_ && !proves_secret(request.headers, request.body, secret_)) {
        metrics_.hooks_refused.add();
        return Error{ErrorKind::Refused,
                     "the webhook does not prove that it knows source.oci.hook.secret"};
    }
    const auto pushed = parse_events(request.body);
    if (!pushed) {
        metrics_.hooks_refused.add();
        return pushed.error().in("webhook");
    }
    metrics_.hooks_taken.add();
    for (const auto& change : *pushed) expire_(change);
    if (!pushed->empty()) host_.resolve_again();
    return {};
}

}  // namespace ajour::oci
