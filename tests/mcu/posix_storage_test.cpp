// SPDX-License-Identifier: Apache-2.0
// The flash of the POSIX port: its files, what a kill leaves of them, and a whole update on it.
#include <ajour/ajour_client.h>

#include "digest/sha256.hpp"
#include "flash.h"
#include "mcu/update_server.hpp"

#include <gtest/gtest.h>

#include <filesystem>
#include <fstream>
#include <iterator>

namespace ajour::test {

namespace {

namespace fs = std::filesystem;

std::string text_of(const fs::path& file) {
    std::ifstream in(file, std::ios::binary);
    return {std::istreambuf_iterator<char>(in), {}};
}

void write_text(const fs::path& file, const std::string& text) {
    std::ofstream(file, std::ios::binary) << text;
}

class PosixStorage : public testing::Test {
protected:
    PosixStorage() {
        std::string name = fs::temp_directory_path() / "ajour-posix-XXXXXX";
        directory = fs::path(mkdtemp(name.data())) / "device";
    }
    ~PosixStorage() override { fs::remove_all(directory.parent_path()); }

    int open(const char* factory = "1.0.0") {
        return ajour_flash_open(&flash, directory.c_str(), factory, 64 * 1024);
    }
    std::string running() const {
        const auto& release = flash.running.release;
        return {reinterpret_cast<const char*>(release.version), release.version_length};
    }
    void boot() {
        ASSERT_EQ(open(), 0);
        const auto& release = flash.running.release;
        ASSERT_EQ(ajour_client_init(&client, &flash.storage, release.version,
                                    release.version_length, 512),
                  AJOUR_OK);
    }
    ajour_action take_turn(UpdateServer& server) {
        sdk::Bytes status(AJOUR_STATUS_MAX);
        std::size_t length = 0;
        EXPECT_EQ(ajour_client_compose(&client, status.data(), status.size(), &length), AJOUR_OK);
        auto command = server.answer(sdk::ByteView(status).first(length));
        ajour_next next;
        EXPECT_EQ(ajour_client_accept(&client, command.data(), command.size(), &next), AJOUR_OK);
        return next.action;
    }

    fs::path directory;
    ajour_flash flash{};
    ajour_client client{};
};

TEST_F(PosixStorage, of_a_new_directory_runs_the_factory_version) {
    ASSERT_EQ(open("1.0.0"), 0);
    EXPECT_EQ(running(), "1.0.0");
    ASSERT_EQ(open("9.9.9"), 0);
    EXPECT_EQ(running(), "1.0.0") << "a directory is new only once";
}

TEST_F(PosixStorage, takes_updates_into_its_slots_in_turn) {
    UpdateServer server;
    boot();
    for (const auto* version : {"1.0.1", "1.0.2", "1.0.3"}) {
        server.publish(version, image_of(9001, static_cast<unsigned>(version[4])));
        for (int turn = 0; turn < 40 && take_turn(server) != AJOUR_REBOOT;) ++turn;
        boot();
        EXPECT_EQ(running(), version);
        std::uint8_t digest[AJOUR_SHA256_LENGTH];
        ASSERT_EQ(ajour_flash_digest(&flash, digest), 0);
        const auto expected = digest::sha256(server.image(version)).bytes;
        EXPECT_TRUE(std::equal(expected.begin(), expected.end(), digest));
        EXPECT_EQ(take_turn(server), AJOUR_IN_SYNC);
    }
    EXPECT_EQ(text_of(directory / "running").front(), 'b');
}

TEST_F(PosixStorage, goes_on_from_the_last_written_block) {
    UpdateServer server;
    server.publish("1.0.1", image_of(9001));
    boot();
    for (int turn = 0; turn < 11; ++turn) ASSERT_EQ(take_turn(server), AJOUR_SEND);
    boot();
    EXPECT_EQ(ajour_client_progress(&client)->offset, 11U * 512U);
}

TEST_F(PosixStorage, keeps_the_older_record_when_the_newer_one_is_torn) {
    ASSERT_EQ(open(), 0);
    ajour_progress progress{512, 1, {'2'}};
    ASSERT_EQ(flash.storage.note(flash.storage.context, &progress), 0);
    const auto first = text_of(directory / "progress");
    progress.offset = 1024;
    ASSERT_EQ(flash.storage.note(flash.storage.context, &progress), 0);
    const auto second = text_of(directory / "progress");
    for (std::size_t torn = 0; torn <= second.size(); ++torn) {
        auto text = first;
        text.resize(second.size());
        std::copy_n(second.begin(), torn, text.begin());
        write_text(directory / "progress", text);
        ajour_progress recalled{};
        ASSERT_EQ(flash.storage.recall(flash.storage.context, &recalled), 0) << torn;
        EXPECT_TRUE(recalled.offset == 512 || recalled.offset == 1024) << torn;
    }
}

TEST_F(PosixStorage, has_no_record_when_its_file_is_missing_short_or_damaged) {
    ASSERT_EQ(open(), 0);
    ajour_progress progress{512, 1, {'2'}};
    EXPECT_NE(flash.storage.recall(flash.storage.context, &progress), 0);
    ASSERT_EQ(flash.storage.note(flash.storage.context, &progress), 0);
    auto text = text_of(directory / "progress");
    write_text(directory / "progress", text.substr(0, text.size() - 1));
    EXPECT_NE(flash.storage.recall(flash.storage.context, &progress), 0);
    text.back() = static_cast<char>(text.back() ^ 1);
    write_text(directory / "progress", text);
    EXPECT_NE(flash.storage.recall(flash.storage.context, &progress), 0);
}

TEST_F(PosixStorage, refuses_a_running_file_that_it_cannot_understand) {
    ASSERT_EQ(open(), 0);
    for (const auto* text : {"c 0\n1.0.0", "a\n1.0.0", "a 0 1.0.0", "a 0\n", "x",
                             "a 0\n12345678901234567", "a 99999999999\n1"}) {
        write_text(directory / "running", text);
        EXPECT_EQ(open(), -1) << text;
    }
}

TEST_F(PosixStorage, survives_a_kill_while_the_running_file_is_replaced) {
    ASSERT_EQ(open(), 0);
    write_text(directory / "running.new", "b 12");
    ASSERT_EQ(open(), 0);
    EXPECT_EQ(running(), "1.0.0");
    const ajour_running next{'b', {3, 1, {'2'}}};
    ASSERT_EQ(ajour_running_save(directory.c_str(), &next, true), 0);
    ASSERT_EQ(open(), 0);
    EXPECT_EQ(running(), "2");
    EXPECT_FALSE(fs::exists(directory / "running.new"));
}

TEST_F(PosixStorage, says_what_is_wrong_with_its_directory) {
    write_text(directory.parent_path() / "file", "x");
    directory = directory.parent_path() / "file" / "device";
    EXPECT_EQ(open(), -1);
    EXPECT_EQ(errno, ENOTDIR);
}

}  // namespace

}  // namespace ajour::test
