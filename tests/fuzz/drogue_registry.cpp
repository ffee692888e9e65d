// SPDX-License-Identifier: Apache-2.0
// Objects and lists of a cloud's registry, a status that is cut into them, and change events.
#include "change_event.hpp"
#include "firmware_status.hpp"
#include "json_text.hpp"
#include "record.hpp"

#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <map>
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

void check_events(const std::string& text) {
    for (const std::string kind : {"", "-batch"}) {
        const std::map<std::string, std::string> headers{
            {"content-type", "application/cloudevents" + kind + "+json"}};
        if (const auto changed = read_change_events({"", headers, text})) {
            for (const auto& object : *changed) require(!object.application.empty());
        }
    }
    const std::map<std::string, std::string> headers{
        {"ce-type", "io.drogue.registry.change.device"},
        {"ce-application", "app"},
        {"ce-device", text}};
    (void)read_change_events({"", headers, {}});
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    const std::string text(reinterpret_cast<const char*>(data), size);
    check_events(text);
    if (const auto record = read_record(text)) check(*record);
    if (const auto records = read_records(text, 100)) {
        for (const auto& record : *records) check(record);
    }
    return 0;
}
