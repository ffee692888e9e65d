// SPDX-License-Identifier: Apache-2.0
#include "action_record.hpp"

#include "root_answer.hpp"

namespace ajour::hawkbit {

using sdk::Result;

namespace {

Json record_of(const Chosen& chosen) {
    Json record = {{"version", chosen.version},      {"part", chosen.part},
                   {"file", chosen.filename},        {"url", chosen.url},
                   {"sha256", chosen.hashes.sha256}, {"sha1", chosen.hashes.sha1},
                   {"md5", chosen.hashes.md5}};
    if (chosen.size) record["size"] = *chosen.size;
    return record;
}

Chosen read_chosen(const Json& record) {
    Chosen chosen;
    chosen.version = record.at("version").get<std::string>();
    chosen.part = record.at("part").get<std::string>();
    chosen.filename = record.at("file").get<std::string>();
    chosen.url = record.at("url").get<std::string>();
    chosen.hashes = {record.at("sha256").get<std::string>(), record.at("sha1").get<std::string>(),
                     record.at("md5").get<std::string>()};
    if (record.contains("size")) chosen.size = record.at("size").get<std::uint64_t>();
    return chosen;
}

template <typename Enum>
Enum read_enum(const Json& record, const char* name, Enum last) {
    const auto number = record.at(name).get<unsigned>();
    if (number > static_cast<unsigned>(last)) throw Json::other_error::create(501, name, &record);
    return static_cast<Enum>(number);
}

Action read(const Json& record) {
    Action action;
    action.id = record.at("id").get<std::string>();
    action.state = record.at("state").get<std::string>();
    action.permit = read_enum(record, "permit", sdk::Permit::Swap);
    action.phase = read_enum(record, "phase", Phase::Gone);
    action.windowed = record.at("windowed").get<bool>();
    action.soft = record.at("soft").get<bool>();
    action.chosen = read_chosen(record.at("chosen"));
    action.why = record.at("why").get<std::string>();
    action.since = record.at("since").get<std::int64_t>();
    action.rows = record.at("rows").get<int>();
    action.read_last = record.at("read_last").get<bool>();
    action.begun = record.at("begun").get<bool>();
    action.received = record.at("received").get<bool>();
    action.told_received = record.at("told_received").get<bool>();
    action.swap_permitted = record.at("swap_permitted").get<bool>();
    action.told_percent = record.at("told_percent").get<int>();
    action.told_at = record.at("told_at").get<std::int64_t>();
    return action;
}

}  // namespace

Json record_of(const Action& action) {
    return {{"id", action.id},
            {"state", action.state},
            {"permit", static_cast<unsigned>(action.permit)},
            {"phase", static_cast<unsigned>(action.phase)},
            {"windowed", action.windowed},
            {"soft", action.soft},
            {"chosen", record_of(action.chosen)},
            {"why", action.why},
            {"since", action.since},
            {"rows", action.rows},
            {"read_last", action.read_last},
            {"begun", action.begun},
            {"received", action.received},
            {"told_received", action.told_received},
            {"swap_permitted", action.swap_permitted},
            {"told_percent", action.told_percent},
            {"told_at", action.told_at}};
}

Result<Action> read_record(const Json& record) {
    try {
        auto action = read(record);
        if (is_action_id(action.id)) return action;
        return malformed("a record of an action without its id");
    } catch (const Json::exception&) {
        return malformed("a record of an action that is none");
    }
}

}  // namespace ajour::hawkbit
