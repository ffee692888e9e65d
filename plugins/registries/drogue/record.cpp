// SPDX-License-Identifier: Apache-2.0
#include "record.hpp"

#include "json_text.hpp"

#include <algorithm>
#include <array>
#include <utility>

namespace ajour::drogue_registry {

using sdk::Error;
using sdk::ErrorKind;
using sdk::Result;

namespace {

/// Of right JSON.
Result<Record> record_of(std::string_view json) {
    const auto metadata = member(json, "metadata");
    Record record{std::string(json), text_of(member(metadata, "name")),
                  text_of(member(metadata, "resourceVersion"))};
    if (!record.name.empty()) return record;
    return Error{ErrorKind::Malformed, "found an object without metadata.name"};
}

Error not_json() {
    return {ErrorKind::Malformed, "found something that is no JSON"};
}

}  // namespace

Result<Record> read_record(std::string_view json) {
    return is_json(json) ? record_of(json) : not_json();
}

Result<std::vector<Record>> read_records(std::string_view json, std::size_t max) {
    if (!is_json(json)) return not_json();
    const auto parts = elements(json, max);
    if (!parts) return parts.error();
    std::vector<Record> records;
    for (const auto part : *parts) {
        auto record = record_of(part);
        if (!record) return record.error();
        records.push_back(std::move(*record));
    }
    return records;
}

bool differ_for_host(const Record& one, const Record& other) {
    const auto differ = [&](std::initializer_list<std::string_view> path) {
        return member_at(one.text, path) != member_at(other.text, path);
    };
    return differ({"spec"}) || differ({"metadata", "labels"}) || differ({"metadata", "uid"});
}

std::string_view firmware_of(const Record& record) {
    return member_at(record.text, {"status", "firmware"});
}

std::string with_firmware(const Record& record, std::string_view firmware) {
    auto status = member(record.text, "status");
    if (!status.starts_with('{')) status = "{}";
    return with_member(record.text, "status", with_member(status, "firmware", firmware));
}

}  // namespace ajour::drogue_registry
