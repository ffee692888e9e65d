// SPDX-License-Identifier: Apache-2.0
// What naming a version asks an OCI registry for, and when.
#include "content/found_release.hpp"
#include "document_text.hpp"
#include "layout_repository.hpp"

#include <gmock/gmock.h>

#include <string>

using namespace ajour::oci;
using ajour::sdk::ErrorKind;
using testing::HasSubstr;

namespace {

struct NamingTest : testing::Test {
    void SetUp() override { document = make(); }

    Document make(const Annotations& annotations = {}, const std::string& config = {}) {
        auto described = empty_config();
        if (!config.empty()) {
            described = repository.add_blob(config, "application/vnd.oci.image.config.v1+json");
        }
        return repository.add_document(manifest_text({firmware}, annotations, described));
    }
    std::string version() {
        const auto found = find_release(document, repository, wishes);
        return found ? found->version : "error: " + found.error().text;
    }
    std::string by_digest() const {
        return "sha256-" + std::string(hex_of(firmware.digest)).substr(0, 9);
    }

    LayoutRepository repository;
    Descriptor firmware = repository.add_blob("firmware");
    Document document;
    Wishes wishes;
};

TEST_F(NamingTest, reads_the_label_when_no_annotation_says_it) {
    document = make({}, R"({"config":{"Labels":{"org.opencontainers.image.version":"5.0"}}})");
    wishes.tag = "1.0";
    EXPECT_EQ(version(), "5.0");
    EXPECT_EQ(repository.asked["small_blob"], 1);
    document = make({}, R"({"config":{"Labels":{"org.label-schema.version":"6.0"}}})");
    EXPECT_EQ(version(), "6.0");
    document = make({}, R"({"config":{"Labels":null}})");
    EXPECT_EQ(version(), "1.0");
    document = make({}, "<html>");
    EXPECT_THAT(version(), HasSubstr("the image's config: not JSON"));
}

TEST_F(NamingTest, does_not_read_the_config_when_something_stronger_says_it) {
    document = make({{"org.opencontainers.image.version", "4.0"}}, R"({"config":{}})");
    EXPECT_EQ(version(), "4.0");
    EXPECT_TRUE(repository.asked.empty());
}

TEST_F(NamingTest, never_calls_a_release_latest) {
    wishes.tag = "latest";
    EXPECT_EQ(version(), by_digest());
    document = make({{"org.opencontainers.image.revision", "0123456789abcdef0123"}});
    EXPECT_EQ(version(), "0123456789ab");
}

TEST_F(NamingTest, takes_another_tag_of_the_same_digest) {
    wishes.tag = "latest";
    repository.tagged["latest"] = document.digest;
    repository.tagged["1.4"] = document.digest;
    repository.tagged["v1.4.2"] = document.digest;
    repository.tagged["1.5.0"] = "sha256:" + std::string(64, 'b');
    EXPECT_EQ(version(), "v1.4.2");
    EXPECT_EQ(repository.asked["tags"], 1);
    EXPECT_EQ(repository.asked["digest_of"], 2) << "the highest ones first, until one is it";
}

TEST_F(NamingTest, asks_about_eight_other_tags_at_most) {
    for (int i = 0; i < 100; ++i) {
        repository.tagged["1." + std::to_string(i) + ".0"] = "sha256:" + std::string(64, 'b');
    }
    repository.tagged["nothing-like-a-version"] = document.digest;
    EXPECT_EQ(version(), by_digest());
    EXPECT_EQ(repository.asked["digest_of"], 8);
}

TEST_F(NamingTest, does_not_give_another_name_because_the_registry_did_not_answer) {
    repository.failing["tags"] = {ErrorKind::Unavailable, "503"};
    EXPECT_EQ(version(), "error: looking for another tag: 503");
    repository.failing["tags"] = {ErrorKind::Refused, "403"};
    EXPECT_EQ(version(), by_digest()) << "listing tags is forbidden, and will be tomorrow";
    repository.failing.clear();
    repository.tagged["1.0.0"] = document.digest;
    repository.failing["1.0.0"] = {ErrorKind::Throttled, "429"};
    EXPECT_EQ(version(), "error: looking at tag 1.0.0: 429");
}

TEST_F(NamingTest, is_stable_when_the_same_firmware_is_pushed_again) {
    const auto before = version();
    document = make({{"org.opencontainers.image.created", "2027-01-01T00:00:00Z"}});
    EXPECT_EQ(version(), before);
}

TEST_F(NamingTest, refuses_a_version_that_no_release_can_have) {
    document = make({{"org.opencontainers.image.version", std::string(300, 'v')}});
    EXPECT_THAT(version(), HasSubstr("has 300 bytes, at most 255"));
}

}  // namespace
