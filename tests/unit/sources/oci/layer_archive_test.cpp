// SPDX-License-Identifier: Apache-2.0
#include "archive/layer_archive.hpp"

#include "content/scratch_file.hpp"
#include "layer_maker.hpp"
#include "support/temp_directory.hpp"

#include <gmock/gmock.h>

#include <cstring>
#include <string>

using namespace ajour::oci;
using ajour::sdk::ErrorKind;
using testing::HasSubstr;

namespace {

class TextSink : public ajour::sdk::ByteSink {
public:
    ajour::sdk::Result<void> write(ajour::sdk::ByteView bytes) noexcept override {
        text += ajour::sdk::text_of(bytes);
        return {};
    }
    std::string text;
};

struct LayerArchiveTest : testing::Test {
    /// "path=content" of each file, "path/" of each directory, "path@" of others; or the error.
    std::string listed(const std::string& bytes) {
        auto file = *ScratchFile::create(temp.path() / "layer", UINT64_MAX, "the layer",
                                         ErrorKind::Refused);
        EXPECT_TRUE(file.write(ajour::sdk::bytes_of(bytes)));
        auto archive = LayerArchive::open(file.descriptor(), temp.path(), budget);
        if (!archive) return archive.error().text;
        std::string list;
        for (;;) {
            const auto entry = archive->next();
            if (!entry) return entry.error().text;
            if (!*entry) return list;
            auto read = describe(*archive, **entry, list);
            if (!read) return read.error().text;
        }
    }
    ajour::sdk::Result<void> describe(LayerArchive& archive, const ArchiveEntry& entry,
                                      std::string& list) {
        list += entry.path;
        if (entry.kind != ArchiveEntry::Kind::File) {
            list += entry.kind == ArchiveEntry::Kind::Directory ? " " : "@ ";
            return {};
        }
        if (pass_over) return {};
        TextSink sink;
        auto read = archive.read(sink);
        list += "=" + sink.text + " ";
        return read;
    }

    ajour::support::TempDirectory temp;
    InflateBudget budget{1000, 100U << 20, 200};
    bool pass_over = false;
};

const std::vector<MadeEntry> some = {{"a/", "", AE_IFDIR}, {"a/one", "1"}, {"two", "22"}};

TEST_F(LayerArchiveTest, reads_tar_gzip_and_zstd) {
    for (const auto packing : {Packing::Tar, Packing::Gzip, Packing::Zstd}) {
        EXPECT_EQ(listed(make_layer(some, packing)), "a/ a/one=1 two=22 ");
    }
}

TEST_F(LayerArchiveTest, reads_a_last_file_whose_block_is_not_filled_as_umoci_leaves_it) {
    auto layer = make_layer({{"one", "1"}, {"two", "22"}});
    layer.resize(2 * 512 + 512 + 2);
    EXPECT_EQ(listed(layer), "one=1 two=22 ");
    pass_over = true;
    EXPECT_EQ(listed(layer), "onetwo");
    layer.resize(layer.size() - 1);
    EXPECT_THAT(listed(layer), HasSubstr("reading the layer's archive"));
}

TEST_F(LayerArchiveTest, reads_long_names_and_large_files) {
    const std::string name(3000, 'n'), content(300'000, 'c');
    EXPECT_EQ(listed(make_layer({{name, content}})), name + "=" + content + " ");
}

TEST_F(LayerArchiveTest, tells_links_and_devices_from_files) {
    const std::vector<MadeEntry> entries = {{"link", "", AE_IFLNK, "/etc/passwd"},
                                            {"hard", "", AE_IFREG, "", "two"},
                                            {"fifo", "", AE_IFIFO}};
    EXPECT_EQ(listed(make_layer(entries)), "link@ hard@ fifo@ ");
}

TEST_F(LayerArchiveTest, refuses_what_is_no_archive) {
    EXPECT_THAT(listed("<html>not found</html>"), HasSubstr("reading the layer's archive"));
    EXPECT_THAT(listed("\x1f\x8b garbage"), HasSubstr("reading the layer's archive"));
    EXPECT_THAT(listed("\x28\xb5\x2f\xfd garbage"), HasSubstr("reading the layer's archive"));
    EXPECT_THAT(listed(std::string(2000, 'x')), HasSubstr("reading the layer's archive"));
}

TEST_F(LayerArchiveTest, looks_for_no_archive_in_an_archive) {
    // A .tar.gz in gzip again: libarchive by itself would take it.
    auto* archive = archive_write_new();
    std::string twice;
    const auto once = make_layer(some, Packing::Gzip);
    archive_write_set_format_raw(archive);
    archive_write_add_filter_gzip(archive);
    archive_write_open(archive, &twice, nullptr, append_to, nullptr);
    write_entry(archive, {"x", once});
    archive_write_close(archive);
    archive_write_free(archive);
    EXPECT_THAT(listed(twice), HasSubstr("reading the layer's archive"));
}

TEST_F(LayerArchiveTest, refuses_an_archive_that_was_cut) {
    for (const auto packing : {Packing::Tar, Packing::Gzip, Packing::Zstd}) {
        std::string content;
        for (int i = 0; i < 20'000; ++i) content += std::to_string(i * 7919);
        const auto whole = make_layer({{"one", content}}, packing);
        EXPECT_THAT(listed(whole.substr(0, whole.size() / 2)),
                    HasSubstr("reading the layer's archive"));
    }
}

TEST_F(LayerArchiveTest, stops_while_inflating_when_it_is_too_much) {
    const auto bomb = make_layer({{"one", std::string(30U << 20, '\0')}}, Packing::Gzip);
    ASSERT_LT(bomb.size(), 100'000U);
    budget.bytes = 1U << 20;
    EXPECT_THAT(listed(bomb), HasSubstr("inflate to more than the limit"));
}

TEST_F(LayerArchiveTest, stops_when_the_ratio_is_that_of_a_bomb) {
    const auto bomb = make_layer({{"one", std::string(30U << 20, '\0')}}, Packing::Zstd);
    pass_over = true;
    EXPECT_THAT(listed(bomb), HasSubstr("at most 200 times as many are allowed"));
    budget = {1000, 100U << 20, 1'000'000};
    EXPECT_EQ(listed(bomb), "one");
}

TEST_F(LayerArchiveTest, counts_what_it_passes_over) {
    budget.bytes = 1U << 20;
    pass_over = true;
    EXPECT_THAT(listed(make_layer({{"one", std::string(2U << 20, 'x')}, {"two", "2"}})),
                HasSubstr("inflate to more than the limit"));
}

TEST_F(LayerArchiveTest, bounds_the_entries_of_all_layers_together) {
    budget.entries = 4;
    EXPECT_EQ(listed(make_layer(some)), "a/ a/one=1 two=22 ");
    EXPECT_THAT(listed(make_layer(some)), HasSubstr("more entries than the limit"));
    EXPECT_THAT(listed(make_layer(some)), HasSubstr("more entries than the limit"));
}

TEST_F(LayerArchiveTest, fills_the_holes_of_a_sparse_file) {
    std::string bytes;
    auto* archive = archive_write_new();
    archive_write_set_format_pax(archive);
    archive_write_open(archive, &bytes, nullptr, append_to, nullptr);
    auto* entry = archive_entry_new();
    archive_entry_set_pathname(entry, "sparse");
    archive_entry_set_filetype(entry, AE_IFREG);
    archive_entry_set_size(entry, 100'000);
    archive_entry_sparse_add_entry(entry, 50'000, 3);
    archive_write_header(archive, entry);
    std::string content(100'000, '\0');
    content.replace(50'000, 3, "abc");
    archive_write_data(archive, content.data(), content.size());
    archive_entry_free(entry);
    archive_write_close(archive);
    archive_write_free(archive);
    ASSERT_LT(bytes.size(), 90'000U) << "it is stored with holes";
    EXPECT_EQ(listed(bytes), "sparse=" + content + " ");
}

}  // namespace
