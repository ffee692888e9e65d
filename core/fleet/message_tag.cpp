// SPDX-License-Identifier: Apache-2.0
#include "fleet/message_tag.hpp"

#include <ajour/sdk/bytes.hpp>

#include "certificates/certificates.hpp"

#include <algorithm>
#include <array>
#include <cstddef>
#include <cstdint>

namespace ajour::fleet {

digest::CredentialTag::Tag message_tag(const sdk::Message& message,
                                       const digest::CredentialTag& tags) {
    std::array<std::uint8_t, 1024> room;
    std::size_t used = 0;
    const auto append = [&](std::string_view part) {
        const auto length = std::min(part.size(), room.size() - used);
        std::copy_n(part.begin(), length, room.begin() + static_cast<std::ptrdiff_t>(used));
        used += length;
        if (used < room.size()) room[used++] = 0;
        return length == part.size();
    };
    const auto& credential = message.credential;
    const bool is_chain = credential.kind == sdk::Credential::Kind::Certificate;
    if (is_chain && credential.secret.size() > certificates::chain_bytes_max) return {};
    const char kind = static_cast<char>('0' + static_cast<int>(credential.kind));
    const bool whole = append({&kind, 1}) && append(message.sender.application) &&
                       append(message.sender.device) && append(credential.username) &&
                       (is_chain ? append(sdk::text_of(tags.tag(sdk::bytes_of(credential.secret))))
                                 : append(credential.secret));
    if (!whole) return {};  // longer than any credential that is taken: `admit` refuses it
    return tags.tag({room.data(), used});
}

}  // namespace ajour::fleet
