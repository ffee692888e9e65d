// SPDX-License-Identifier: Apache-2.0
// The decision table of docs/protocol.md, row by row; the document is read, so that neither can
// drift.
#include "support/places.hpp"
#include "support/step_text.hpp"
#include "support/temp_directory.hpp"
#include "update/decide.hpp"

#include <gtest/gtest.h>

namespace ajour::update {

namespace {

using sdk::Permit;

constexpr std::uint32_t huge = 0xffffffff;

using Change = void (*)(Situation&);

struct Row {
    const char* name;
    Change change;  ///< makes the row's situation from the usual one
    const char* expected;
};

Image image_of(std::string_view version, std::uint32_t size) {
    Image image;
    image.version = version;
    image.size = size;
    return image;
}

/// Runs 1.0.0, mtu 512; should run 1.0.1 of 4000 bytes.
Situation usual_situation() {
    Situation situation;
    situation.claim.running = "1.0.0";
    situation.claim.mtu = 512;
    situation.target = image_of("1.0.1", 4000);
    return situation;
}

Image& writes(Situation& s, std::string_view version, std::uint32_t offset) {
    s.claim.writing = version;
    s.claim.offset = offset;
    return *s.target;
}

/// Half way through 0.9.0, which was the target before.
Image& writes_previous(Situation& s, std::uint32_t offset) {
    writes(s, "0.9.0", offset);
    s.previous = image_of("0.9.0", 2000);
    return *s.previous;
}

void misses_target(Situation& s, Cause cause, std::uint32_t retry = 0) {
    s.target.reset();
    s.absent = cause;
    s.retry = retry;
}

// clang-format off
const Row rows[] = {
    {"no target", [](auto& s) { misses_target(s, Cause::NoTarget); }, "wait 60 NoTarget"},
    {"nothing to do", [](auto& s) { misses_target(s, Cause::NothingToDo); }, "wait 60 NothingToDo"},
    {"nothing to do for a while", [](auto& s) { misses_target(s, Cause::NothingToDo, 300); }, "wait 300 NothingToDo"},
    {"not ready", [](auto& s) { misses_target(s, Cause::NotReady); }, "wait 10 NotReady"},
    {"not ready for a while", [](auto& s) { misses_target(s, Cause::NotReady, 30); }, "wait 30 NotReady"},
    {"source failed", [](auto& s) { misses_target(s, Cause::SourceFailed); }, "wait 10 SourceFailed"},
    {"registry failed", [](auto& s) { misses_target(s, Cause::RegistryFailed); }, "wait 10 RegistryFailed"},
    {"too many targets", [](auto& s) { misses_target(s, Cause::TooManyTargets); }, "wait 10 TooManyTargets"},
    {"withdrawn", [](auto& s) { misses_target(s, Cause::Withdrawn); }, "wait 10 Withdrawn"},
    {"intervals of no time", [](auto& s) { misses_target(s, Cause::NotReady); s.limits.backoff = 0; }, "wait 1 NotReady"},

    {"in sync", [](auto& s) { s.claim.running = "1.0.1"; }, "sync 60"},
    {"in sync, half way elsewhere", [](auto& s) { s.claim.running = "1.0.1"; writes_previous(s, 512); }, "sync 60"},
    {"in sync after it came back twice", [](auto& s) { s.claim.running = "1.0.1"; s.target->reverted = true; }, "sync 60"},
    {"in sync, poll of no time", [](auto& s) { s.claim.running = "1.0.1"; s.limits.poll = 0; }, "sync 1"},

    {"first block", [](auto&) {}, "block target 0+512"},
    {"no mtu", [](auto& s) { s.claim.mtu.reset(); }, "block target 0+512"},
    {"mtu 0", [](auto& s) { s.claim.mtu = 0; }, "block target 0+512"},
    {"mtu above the limit", [](auto& s) { s.claim.mtu = 2048; }, "block target 0+1024"},
    {"mtu huge", [](auto& s) { s.claim.mtu = huge; }, "block target 0+1024"},
    {"mtu no multiple of 8", [](auto& s) { s.claim.mtu = 103; }, "block target 0+96"},
    {"mtu 9", [](auto& s) { s.claim.mtu = 9; }, "block target 0+8"},
    {"mtu 7", [](auto& s) { s.claim.mtu = 7; }, "block target 0+4"},
    {"mtu 4", [](auto& s) { s.claim.mtu = 4; }, "block target 0+4"},
    {"mtu 3", [](auto& s) { s.claim.mtu = 3; }, "block target 0+3"},
    {"mtu 1", [](auto& s) { s.claim.mtu = 1; }, "block target 0+1"},
    {"link with little room", [](auto& s) { s.room = Room{51, 0}; }, "block target 0+48"},
    {"link without room", [](auto& s) { s.room = Room{0, 51}; }, "wait 10 NoRoom"},
    {"link with less room further on", [](auto& s) { s.room = Room{51, 34}; writes(s, "1.0.1", 512); }, "block target 512+32"},
    {"link with less room, told to start over", [](auto& s) { s.room = Room{51, 34}; writes(s, "1.0.1", 4001); }, "block target 0+48 anew"},
    {"empty image", [](auto& s) { s.target->size = 0; }, "wait 10 SourceFailed"},
    {"idle device names the empty version", [](auto& s) { writes(s, "", 0); }, "block target 0+512"},

    {"next block", [](auto& s) { writes(s, "1.0.1", 512); }, "block target 512+512"},
    {"last block", [](auto& s) { writes(s, "1.0.1", 3584); }, "block target 3584+416"},
    {"tail: aligned part", [](auto& s) { writes(s, "1.0.1", 8).size = 21; }, "block target 8+8"},
    {"tail: half word", [](auto& s) { writes(s, "1.0.1", 16).size = 21; }, "block target 16+4"},
    {"tail: rest", [](auto& s) { writes(s, "1.0.1", 20).size = 21; }, "block target 20+1"},
    {"all bytes", [](auto& s) { writes(s, "1.0.1", 4000); }, "swap target"},
    {"all bytes, all served", [](auto& s) { writes(s, "1.0.1", 4000).served = 4000; }, "swap target"},

    {"beyond the size", [](auto& s) { writes(s, "1.0.1", 4001); }, "block target 0+512 anew"},
    {"beyond the size, twice told", [](auto& s) { writes(s, "1.0.1", 4001).starts_over = 2; }, "block target 0+512 anew"},
    {"beyond the size, thrice told", [](auto& s) { writes(s, "1.0.1", 4001).starts_over = 3; }, "wait 60 MustRestart"},
    {"same version, another image", [](auto& s) { writes(s, "1.0.1", 512).differs = true; }, "block target 0+504 anew"},
    {"same version, another image, all bytes", [](auto& s) { writes(s, "1.0.1", 4000).differs = true; }, "block target 0+512 anew"},
    {"same version, another image, nothing held", [](auto& s) { writes(s, "1.0.1", 0).differs = true; }, "block target 0+512"},

    {"as far as served", [](auto& s) { writes(s, "1.0.1", 1024).served = 1024; }, "block target 1024+512"},
    {"less far than served", [](auto& s) { writes(s, "1.0.1", 512).served = 1024; }, "block target 512+512"},
    {"further than served", [](auto& s) { writes(s, "1.0.1", 1025).served = 1024; }, "wait 60 MustRestart"},
    {"all bytes, not all served", [](auto& s) { writes(s, "1.0.1", 4000).served = 1024; }, "wait 60 MustRestart"},
    {"further than served, told to start over", [](auto& s) { auto& i = writes(s, "1.0.1", 512); i.served = 504; i.starts_over = 1; }, "block target 0+504 anew"},
    {"further than served, thrice told", [](auto& s) { auto& i = writes(s, "1.0.1", 512); i.served = 504; i.starts_over = 3; }, "wait 60 MustRestart"},

    {"further than served, many replicas", [](auto& s) { writes(s, "1.0.1", 1024).served = 512; s.limits.replicas = Replicas::Many; }, "block target 1024+512"},
    {"all bytes, not all served, many replicas", [](auto& s) { writes(s, "1.0.1", 4000).served = 512; s.limits.replicas = Replicas::Many; }, "swap target"},
    {"beyond the size, many replicas", [](auto& s) { writes(s, "1.0.1", 4001).served = 512; s.limits.replicas = Replicas::Many; }, "block target 0+512 anew"},

    {"unknown version", [](auto& s) { writes(s, "9.9.9", 4000); }, "block target 0+512"},
    {"unknown version, a block's worth", [](auto& s) { writes(s, "9.9.9", 512); }, "block target 0+504"},
    {"unknown version, a word", [](auto& s) { writes(s, "9.9.9", 4); }, "block target 0+3"},
    {"unknown version, a byte", [](auto& s) { writes(s, "9.9.9", 1); }, "wait 60 MustRestart"},
    {"unknown version, nothing held", [](auto& s) { writes(s, "9.9.9", 0); }, "block target 0+512"},

    {"retarget: finish", [](auto& s) { writes_previous(s, 512); }, "block previous 512+512"},
    {"retarget: finish, nothing held", [](auto& s) { writes_previous(s, 0); }, "block previous 0+512"},
    {"retarget: finish, all bytes", [](auto& s) { writes_previous(s, 2000); }, "swap previous"},
    {"retarget: finish, further than served", [](auto& s) { writes_previous(s, 1024).served = 512; }, "wait 60 MustRestart"},
    {"retarget: finish, same version", [](auto& s) { writes(s, "1.0.1", 512); s.target->differs = true; s.previous = image_of("1.0.1", 2000); }, "block previous 512+512"},
    {"retarget: restart", [](auto& s) { writes_previous(s, 1024); s.limits.retarget = Retarget::Restart; }, "block target 0+512"},
    {"retarget: restart, a block's worth", [](auto& s) { writes_previous(s, 512); s.limits.retarget = Retarget::Restart; }, "block target 0+504"},
    {"retarget: previous gone", [](auto& s) { writes_previous(s, 512); s.previous.reset(); }, "block target 0+504"},

    {"no target any more", [](auto& s) { writes_previous(s, 512); misses_target(s, Cause::NoTarget); }, "block previous 512+512"},
    {"no target any more, all bytes", [](auto& s) { writes_previous(s, 2000); misses_target(s, Cause::NoTarget); }, "swap previous"},
    {"no target any more, further than served", [](auto& s) { writes_previous(s, 1024).served = 512; misses_target(s, Cause::NoTarget); }, "wait 60 MustRestart"},
    {"no target any more, previous gone", [](auto& s) { writes_previous(s, 512); s.previous.reset(); misses_target(s, Cause::NoTarget); }, "wait 60 NoTarget"},
    {"no target any more, restart", [](auto& s) { writes_previous(s, 512); misses_target(s, Cause::NoTarget); s.limits.retarget = Retarget::Restart; }, "wait 60 NoTarget"},
    {"no target any more, half way elsewhere", [](auto& s) { writes_previous(s, 512); s.claim.writing = "0.8.0"; misses_target(s, Cause::NoTarget); }, "wait 60 NoTarget"},
    {"new target not ready", [](auto& s) { writes_previous(s, 512); misses_target(s, Cause::NotReady); }, "block previous 512+512"},
    {"new target failed", [](auto& s) { writes_previous(s, 512); misses_target(s, Cause::SourceFailed); }, "block previous 512+512"},
    {"new target withdrawn", [](auto& s) { writes_previous(s, 512); misses_target(s, Cause::Withdrawn); }, "block previous 512+512"},
    {"new target finds no room", [](auto& s) { writes_previous(s, 512); misses_target(s, Cause::TooManyTargets); }, "block previous 512+512"},
    {"new target failed, permit to write", [](auto& s) { writes_previous(s, 2000).permit = Permit::Write; misses_target(s, Cause::SourceFailed); }, "wait 60 NotPermitted"},
    {"new target failed, no permit", [](auto& s) { writes_previous(s, 512).permit = Permit::Nothing; misses_target(s, Cause::SourceFailed); }, "wait 10 SourceFailed"},
    {"taken back", [](auto& s) { writes_previous(s, 512); misses_target(s, Cause::NothingToDo); }, "wait 60 NothingToDo"},

    {"came back twice", [](auto& s) { s.target->reverted = true; }, "wait 60 Reverted"},
    {"came back twice, half way through it", [](auto& s) { writes(s, "1.0.1", 512).reverted = true; }, "wait 60 Reverted"},
    {"came back twice, half way through previous", [](auto& s) { writes_previous(s, 512); s.target->reverted = true; }, "block previous 512+512"},

    {"no permit", [](auto& s) { s.target->permit = Permit::Nothing; }, "wait 60 NotPermitted"},
    {"no permit, half way", [](auto& s) { writes(s, "1.0.1", 512).permit = Permit::Nothing; }, "wait 60 NotPermitted"},
    {"permit to write", [](auto& s) { writes(s, "1.0.1", 512).permit = Permit::Write; }, "block target 512+512"},
    {"permit to write, all bytes", [](auto& s) { writes(s, "1.0.1", 4000).permit = Permit::Write; }, "wait 60 NotPermitted"},
};
// clang-format on

TEST(Decide, follows_the_table) {
    for (const auto& row : rows) {
        auto situation = usual_situation();
        row.change(situation);
        EXPECT_EQ(support::text_of(decide(situation)), row.expected) << row.name;
    }
}

/// Rows "| name | ... | step |" of the section "The decision".
std::vector<std::pair<std::string, std::string>> documented_rows() {
    const auto document = support::content_of(AJOUR_SOURCE_DIR "/docs/protocol.md");
    const auto begin = document.find("\n## The decision\n");
    std::istringstream section(begin == std::string::npos ? "" : document.substr(begin + 1));
    std::vector<std::pair<std::string, std::string>> found;
    std::string line;
    std::getline(section, line);
    while (std::getline(section, line) && !line.starts_with("## ")) {
        if (!line.starts_with("| ") || line.find("| `") == std::string::npos) continue;
        const auto name_end = line.find(" |");
        const auto step = line.rfind("| `") + 3;
        found.emplace_back(line.substr(2, name_end - 2), line.substr(step, line.rfind('`') - step));
    }
    return found;
}

TEST(Decide, is_documented_by_the_same_table) {
    std::vector<std::pair<std::string, std::string>> tested;
    for (const auto& row : rows) tested.emplace_back(row.name, row.expected);
    EXPECT_EQ(documented_rows(), tested);
}

TEST(Decide, has_a_word_for_each_cause) {
    EXPECT_EQ(text_of(Cause::NoTarget), "NoTarget");
    EXPECT_EQ(text_of(Cause::MustRestart), "MustRestart");
    EXPECT_EQ(text_of(Cause::NoRoom), "NoRoom");
    EXPECT_EQ(text_of(Cause::TooManyTargets), "TooManyTargets");
}

}  // namespace

}  // namespace ajour::update
