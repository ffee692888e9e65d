// SPDX-License-Identifier: Apache-2.0
// Objects and lists of a cloud's registry, and a status that is cut into them.
#include "firmware_status.hpp"
#include "json_text.hpp"
#include "record.hpp"

#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <string>

namespace {

using namespace ajour::drogue_registry;

constexpr std::string_view firmware = R"({"conditions":[],"current":"1","target":"2"})";

void require(bool condition) {
    if (!condition) std::abort();
}

void check(const Record& record) {
    require(!differ_for_host(record, record));
    const auto text = with_firmware(record, firmware);
    require(is_json(text));
    const auto read = read_record(text);
    require(read.ok() && read->name == record.name && read->version == record.version);
    require(firmware_of(*read) == firmware);
    require(!differ_for_host(record, *read));
    (void)firmware_text({}, firmware_of(record));
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    const std::string text(reinterpret_cast<const char*>(data), size);
    if (const auto record = read_record(text)) check(*record);
    if (const auto records = read_records(text, 100)) {
        for (const auto& record : *records) check(record);
    }
    return 0;
}
