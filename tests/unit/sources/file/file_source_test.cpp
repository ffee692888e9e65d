// SPDX-License-Identifier: Apache-2.0
#include "sources/file/file_source.hpp"

#include <ajour/sdk/testing/digest.hpp>
#include <ajour/sdk/testing/fake_host.hpp>
#include <ajour/sdk/testing/memory_sink.hpp>

#include "support/temp_directory.hpp"

#include <gmock/gmock.h>

#include <filesystem>
#include <string>
#include <variant>

using namespace ajour::sdk;
using ajour::file::FileSource;
using ajour::sdk::contract::FakeHost;
using ajour::sdk::contract::MemorySink;
using ajour::support::TempDirectory;
using testing::HasSubstr;

namespace {

constexpr ajour_setting_row rows[] = {path_setting("root", nullptr, ""),
                                      size_setting("image.max", "1MiB", 1, 1 << 30, ""),
                                      end_of_settings};

struct FileSourceTest : testing::Test {
    void SetUp() override { ASSERT_TRUE(source.try_start()); }

    void write_metadata(const std::string& version, const std::string& image) {
        temp.write("fw.json", R"({"version":")" + version + R"(","size":)" +
                                  std::to_string(image.size()) + R"(,"checksum":")" +
                                  ajour::sdk::contract::sha256_of(bytes_of(image)).hex() + R"("})");
    }
    void publish(const std::string& version, const std::string& image) {
        std::filesystem::rename(temp.write("fw.new", image), temp.path() / "fw.bin");
        write_metadata(version, image);
    }
    Result<Resolution> resolve() {
        ResolveRequest request;
        request.target = {"app", "file", R"({"name":"fw"})"};
        return source.try_resolve(request);
    }
    Offer offer() {
        const auto resolution = resolve();
        if (resolution && std::holds_alternative<Offer>(*resolution))
            return std::get<Offer>(*resolution);
        ADD_FAILURE() << "no offer";
        return {};
    }
    Error resolve_error() {
        const auto resolution = resolve();
        return resolution ? Error{ErrorKind::Internal, "no error"} : resolution.error();
    }

    TempDirectory temp;
    FakeHost host{rows, {{"root", temp.path().string()}}};
    FileSource source{host};
    MemorySink sink;
};

TEST_F(FileSourceTest, offers_what_was_published) {
    publish("1.0.1", "hello");
    EXPECT_EQ(offer().version, "1.0.1");
    EXPECT_EQ(offer().size, 5U);
    EXPECT_EQ(offer().sha256, ajour::sdk::contract::sha256_of(bytes_of("hello")));
}

TEST_F(FileSourceTest, makes_its_directory_when_it_starts) {
    FakeHost fresh(rows, {{"root", (temp.path() / "a/b").string()}});
    EXPECT_TRUE(FileSource(fresh).try_start());
    EXPECT_TRUE(std::filesystem::is_directory(temp.path() / "a/b"));
}

TEST_F(FileSourceTest, does_not_start_where_it_cannot_have_a_directory) {
    temp.write("occupied", "");
    FakeHost fresh(rows, {{"root", (temp.path() / "occupied").string()}});
    const auto started = FileSource(fresh).try_start();
    ASSERT_FALSE(started);
    EXPECT_THAT(started.error().text, HasSubstr("source.file.root: creating "));
}

TEST_F(FileSourceTest, notices_a_change_at_once_even_of_the_same_size) {
    publish("1.0.1", "hello");
    EXPECT_EQ(offer().version, "1.0.1");
    publish("1.0.2", "hallo");
    EXPECT_EQ(offer().version, "1.0.2");
}

TEST_F(FileSourceTest, names_the_file_that_is_missing) {
    EXPECT_EQ(resolve_error().kind, ErrorKind::NotFound);
    EXPECT_THAT(resolve_error().text, HasSubstr("fw.json"));
    write_metadata("1", "hello");
    EXPECT_EQ(resolve_error().kind, ErrorKind::NotFound);
    EXPECT_THAT(resolve_error().text, HasSubstr("fw.bin"));
}

TEST_F(FileSourceTest, waits_while_the_image_is_new_and_the_metadata_old) {
    publish("1.0.1", "hello");
    temp.write("fw.bin", "longer than hello");
    EXPECT_EQ(resolve_error().kind, ErrorKind::Unavailable);
    EXPECT_THAT(resolve_error().text, HasSubstr("fw.bin has 17 bytes, fw.json says 5"));
}

TEST_F(FileSourceTest, says_what_is_wrong_with_the_metadata) {
    temp.write("fw.json", R"({"version":7})");
    EXPECT_EQ(resolve_error().kind, ErrorKind::Malformed);
    EXPECT_THAT(resolve_error().text, HasSubstr("fw.json: version is 7"));
}

TEST_F(FileSourceTest, reads_no_more_of_the_metadata_than_its_bound) {
    temp.write("fw.json", std::string(10'000'000, ' '));
    EXPECT_THAT(resolve_error().text, HasSubstr("65537 bytes of JSON, at most 65536"));
}

TEST_F(FileSourceTest, refuses_an_image_over_the_limit) {
    publish("1.0.1", std::string((1 << 20) + 1, 'x'));
    EXPECT_EQ(resolve_error().kind, ErrorKind::Refused);
    EXPECT_THAT(resolve_error().text, HasSubstr("source.file.image.max is 1048576"));
}

TEST_F(FileSourceTest, streams_an_image_of_many_pieces_from_any_byte) {
    std::string image(200'000, '\0');
    for (std::size_t i = 0; i < image.size(); ++i) image[i] = static_cast<char>(i * i % 251);
    publish("1", image);
    for (const std::uint64_t from : {0ULL, 1ULL, 65'536ULL, 199'999ULL, 200'000ULL}) {
        MemorySink rest;
        ASSERT_TRUE(source.try_fetch(offer(), rest, from));
        EXPECT_EQ(text_of(rest.bytes()), std::string_view(image).substr(from));
    }
}

TEST_F(FileSourceTest, does_not_stream_another_release_than_it_offered) {
    publish("1.0.1", "hello");
    const auto old = offer();
    publish("1.0.2", "hallo");
    const auto fetched = source.try_fetch(old, sink, 0);
    ASSERT_FALSE(fetched);
    EXPECT_EQ(fetched.error().kind, ErrorKind::Unavailable);
    EXPECT_TRUE(sink.bytes().empty());
}

TEST_F(FileSourceTest, does_not_fetch_by_an_origin_that_is_no_name) {
    auto bad = Offer{};
    bad.origin = "../fw";
    EXPECT_FALSE(source.try_fetch(bad, sink, 0));
}

// Replaces the image while it is being streamed.
class ReplacingSink final : public ByteSink {
public:
    explicit ReplacingSink(const TempDirectory& temp) : temp_(temp) {}
    Result<void> write(ByteView bytes) noexcept override {
        std::filesystem::rename(temp_.write("next", "new"), temp_.path() / "fw.bin");
        taken.append(text_of(bytes));
        return {};
    }
    std::string taken;

private:
    const TempDirectory& temp_;
};

TEST_F(FileSourceTest, finishes_the_image_that_it_began_when_a_new_one_comes) {
    const std::string image(150'000, 'o');
    publish("1", image);
    ReplacingSink replacing(temp);
    ASSERT_TRUE(source.try_fetch(offer(), replacing, 0));
    EXPECT_EQ(replacing.taken, image);
}

// Cuts the image in place while it is being streamed.
class CuttingSink final : public ByteSink {
public:
    explicit CuttingSink(const TempDirectory& temp) : temp_(temp) {}
    Result<void> write(ByteView) noexcept override {
        std::filesystem::resize_file(temp_.path() / "fw.bin", 10);
        return {};
    }

private:
    const TempDirectory& temp_;
};

TEST_F(FileSourceTest, reports_an_image_that_is_cut_while_it_is_read) {
    publish("1", std::string(150'000, 'o'));
    CuttingSink cutting(temp);
    const auto fetched = source.try_fetch(offer(), cutting, 0);
    ASSERT_FALSE(fetched);
    EXPECT_EQ(fetched.error().kind, ErrorKind::Mismatch);
    EXPECT_THAT(fetched.error().text, HasSubstr("expected 150000"));
}

}  // namespace
