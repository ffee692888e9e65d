// SPDX-License-Identifier: Apache-2.0
// Bytes of an unauthenticated peer as a certificate chain, and an operator's as trust anchors: what
// can be read has names of bounded size, and nobody is believed without an anchor.
#include "certificates/certificates.hpp"

#include <cstdlib>
#include <string>

namespace certificates = ajour::certificates;

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    const ajour::sdk::ByteView chain(data, size);
    const certificates::Time now{std::chrono::seconds(1'700'000'000)};
    const auto names = certificates::names_of(chain);
    if (names && names->common_name.size() > certificates::chain_bytes_max * 4) std::abort();
    if (certificates::verify(chain, {}, now)) std::abort();
    const std::string text(ajour::sdk::text_of(chain));
    const auto anchors = certificates::names_in(text);
    if (anchors && anchors->empty()) std::abort();
    const auto believed = certificates::verify(chain, {&text, 1}, now);
    if (believed && (!names || !anchors)) std::abort();
    return 0;
}
