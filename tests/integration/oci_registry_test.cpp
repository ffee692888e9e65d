// SPDX-License-Identifier: Apache-2.0
// The OCI source and a real docker-registry.
#include "support/oci_registry.hpp"

#include "integration/oci_source.hpp"
#include "support/certificates.hpp"

#include <fstream>

namespace ajour::support {
namespace {

using sdk::ErrorKind;
using sdk::contract::MemorySink;
using sdk::contract::SettingValues;
using testing::AllOf;
using testing::HasSubstr;
using testing::IsEmpty;

/// The bytes of a tar layer, gzipped, that has these files.
std::string layer_of(const std::vector<std::pair<std::string, std::string>>& files) {
    const TempDirectory temp;
    std::string names;
    for (const auto& [name, content] : files) {
        temp.write(name, content);
        names += " ./" + name;
    }
    const auto made = run_shell("cd " + temp.path().string() + " && tar czf layer.tgz" + names);
    EXPECT_EQ(made.code, 0) << made.output;
    return content_of(temp.path() / "layer.tgz");
}

std::string metadata_of(const std::string& firmware, const std::string& version) {
    return R"({"version":")" + version + R"(","size":)" + std::to_string(firmware.size()) +
           R"(,"checksum":")" + digest_of(firmware).substr(7) + R"("})";
}

class OciRegistryTest : public testing::Test {
protected:
    void SetUp() override {
        if (!has_oci_registry()) GTEST_SKIP() << "there is no docker-registry";
        registry.emplace();
        pusher.emplace("http://" + registry->host());
    }

    SettingValues settings(SettingValues more = {}) {
        more.insert({{"prefix", registry->host() + "/acme/"}, {"plain", "true"}, {"poll", "1s"}});
        return more;
    }

    /// A container image of these layers, from the bottom up; gives its manifest's digest.
    std::string push_image(const std::string& tag, const std::vector<std::string>& layers) {
        const std::string config =
            R"({"architecture":"arm","os":"none","rootfs":{"type":"layers"}})";
        pusher->blob("acme/image", config);
        std::string text;
        for (const auto& layer : layers) {
            pusher->blob("acme/image", layer);
            text += (text.empty() ? "" : ",") +
                    std::string(R"({"mediaType":"application/vnd.oci.image.layer.v1.tar+gzip",)") +
                    R"("digest":")" + digest_of(layer) + R"(","size":)" +
                    std::to_string(layer.size()) + "}";
        }
        return pusher->manifest(
            "acme/image", tag,
            R"({"schemaVersion":2,"mediaType":")" + std::string(OciPusher::manifest_type) +
                R"(","config":{"mediaType":"application/vnd.oci.image.config.v1+json","digest":")" +
                digest_of(config) + R"(","size":)" + std::to_string(config.size()) +
                R"(},"layers":[)" + text + "]}");
    }

    std::optional<OciRegistry> registry;
    std::optional<OciPusher> pusher;
};

TEST_F(OciRegistryTest, has_firmware_in_the_files_of_an_image_which_is_unpacked_once) {
    const std::string firmware(300'000, 'f');
    push_image("1", {layer_of({{"firmware.bin", firmware}}),
                     layer_of({{"firmware.json", metadata_of(firmware, "1.4.2")}})});
    OciSource source(settings());
    const auto offer = source.offer(R"({"image":"image:1"})");
    EXPECT_EQ(offer.version, "1.4.2");
    EXPECT_EQ(offer.size, firmware.size());
    ASSERT_TRUE(offer.sha256);
    EXPECT_EQ("sha256:" + offer.sha256->hex(), digest_of(firmware));
    EXPECT_EQ(source.offer(R"({"image":"image:1","version":"9"})").version, "9");
    const auto requests = source.counter("requests");
    EXPECT_EQ(source.image(offer), firmware);
    EXPECT_EQ(source.image(offer, 299'999), "f");
    EXPECT_EQ(source.counter("requests"), requests);
    EXPECT_EQ(source.counter("stored_bytes"), 300'000);
}

TEST_F(OciRegistryTest, is_asked_again_for_firmware_that_is_kept_no_more) {
    const std::string firmware(300'000, 'f');
    push_image("1", {layer_of({{"firmware.bin", firmware},
                               {"firmware.json", metadata_of(firmware, "1.4.2")}})});
    OciSource source(settings());
    const auto offer = source.offer(R"({"image":"image:1"})");
    for (const auto& file :
         std::filesystem::directory_iterator(source.host.state_directory() / "firmware")) {
        std::filesystem::resize_file(file.path(), 10);
    }
    MemorySink sink;
    EXPECT_EQ(source.fetch(offer, sink).error().kind, ErrorKind::Mismatch);
    EXPECT_EQ(source.image(offer), firmware);
}

TEST_F(OciRegistryTest, has_an_image_whose_metadata_does_not_fit) {
    push_image("1", {layer_of({{"firmware.bin", "firmware"},
                               {"firmware.json", metadata_of("another!", "1.4.2")}})});
    OciSource source(settings());
    EXPECT_THAT(source.problem(R"({"image":"image:1"})"), HasSubstr("firmware.bin"));
    EXPECT_EQ(source.counter("stored_bytes"), 0);
    EXPECT_TRUE(std::filesystem::is_empty(source.host.state_directory() / "firmware"));
}

TEST_F(OciRegistryTest, that_was_damaged_on_disk_serves_nothing) {
    const std::string firmware(100'000, 'f');
    pusher->artifact("acme/fw", "1", firmware);
    OciSource source(settings());
    const auto offer = source.offer(R"({"image":"fw:1"})");
    {
        std::fstream file(registry->file_of(digest_of(firmware)),
                          std::ios::in | std::ios::out | std::ios::binary);
        file.seekp(5'000);
        file << "evil";
    }
    MemorySink sink;
    const auto damaged = source.fetch(offer, sink);
    ASSERT_FALSE(damaged);
    EXPECT_EQ(damaged.error().kind, ErrorKind::Mismatch) << damaged.error().text;
    std::filesystem::resize_file(registry->file_of(digest_of(firmware)), 100);
    MemorySink other;
    const auto cut = source.fetch(offer, other);
    ASSERT_FALSE(cut);
    EXPECT_EQ(cut.error().kind, ErrorKind::Mismatch) << cut.error().text;
}

TEST_F(OciRegistryTest, that_went_away_is_answered_for_from_memory) {
    pusher->artifact("acme/fw", "1", "firmware");
    OciSource source(settings());
    const auto spec = R"({"image":"fw:1","imagePullPolicy":"Always"})";
    (void)source.offer(spec);
    registry->kill();
    std::this_thread::sleep_for(std::chrono::milliseconds(1100));
    const auto offer = source.offer(spec, "another");
    EXPECT_EQ(offer.version, "1");
    EXPECT_THAT(offer.warning, HasSubstr("not looked at again"));
    registry->start();
    std::this_thread::sleep_for(std::chrono::milliseconds(1100));
    EXPECT_THAT(source.offer(spec).warning, IsEmpty());
    EXPECT_EQ(source.image(offer), "firmware");
}

TEST_F(OciRegistryTest, has_tags_for_a_policy) {
    for (const auto* tag : {"1.2.0", "v1.10.0", "2.0.0-rc.1", "latest"}) {
        pusher->artifact("acme/fw", tag, std::string("firmware ") + tag);
    }
    OciSource source(settings());
    const auto spec = R"({"image":"fw","policy":"semver \">=1.2 <2\""})";
    EXPECT_EQ(source.offer(spec).version, "v1.10.0");
    pusher->artifact("acme/fw", "1.11.0", "newer");
    std::this_thread::sleep_for(std::chrono::milliseconds(1100));
    EXPECT_EQ(source.image(source.offer(spec)), "newer");
    EXPECT_THAT(source.problem(R"({"image":"fw","policy":"semver >=3"})"), HasSubstr(">=3"));
}

/// Keys and signatures as cosign makes them, by openssl.
struct Signer {
    Signer() { shell("openssl ecparam -name prime256v1 -genkey -noout -out key"); }
    void shell(const std::string& line) const {
        const auto done = run_shell("cd " + temp.path().string() + " && " + line);
        if (done.code != 0) throw std::runtime_error(done.output);
    }
    void write_public_key(const std::filesystem::path& file) const {
        shell("openssl ec -in key -pubout -out " + file.string());
    }
    void sign(OciPusher& pusher, const std::string& repository, const std::string& digest) const {
        const auto payload =
            R"({"critical":{"identity":{"docker-reference":"x"},"image":{"docker-manifest-digest":")" +
            digest + R"("},"type":"cosign container image signature"},"optional":null})";
        temp.write("payload", payload);
        shell(
            "openssl dgst -sha256 -sign key -out signature payload && "
            "base64 -w0 signature > signature.b64");
        pusher.blob(repository, "{}");
        pusher.blob(repository, payload);
        pusher.manifest(
            repository, "sha256-" + digest.substr(7) + ".sig",
            R"({"schemaVersion":2,"mediaType":")" + std::string(OciPusher::manifest_type) +
                R"(","config":{"mediaType":"application/vnd.oci.image.config.v1+json","digest":")" +
                digest_of("{}") +
                R"(","size":2},"layers":[{"mediaType":)"
                R"("application/vnd.dev.cosign.simplesigning.v1+json","digest":")" +
                digest_of(payload) + R"(","size":)" + std::to_string(payload.size()) +
                R"(,"annotations":{"dev.cosignproject.cosign/signature":")" +
                content_of(temp.path() / "signature.b64") + R"("}}]})");
    }
    const TempDirectory temp;
};

TEST_F(OciRegistryTest, serves_under_require_what_is_signed_with_the_applications_key) {
    const TempDirectory keys;
    const Signer mine, theirs;
    std::filesystem::create_directory(keys.path() / "many");
    mine.write_public_key(keys.path() / "mine.pub");
    theirs.write_public_key(keys.path() / "default.pub");
    theirs.write_public_key(keys.path() / "many/1.pub");
    mine.write_public_key(keys.path() / "many/2.pub");
    const auto digest = pusher->artifact("acme/fw", "1", "firmware");
    OciSource source(
        settings({{"signature", "require"}, {"signature.keys", keys.path().string()}}));
    const auto spec = R"({"image":"fw:1"})";
    EXPECT_THAT(source.problem(spec, "mine"), HasSubstr("signature: "));
    EXPECT_EQ(source.counter("signatures_refused"), 1);
    mine.sign(*pusher, "acme/fw", digest);
    std::this_thread::sleep_for(std::chrono::milliseconds(1100));
    EXPECT_EQ(source.image(source.offer(spec, "mine")), "firmware");
    EXPECT_EQ(source.offer(spec, "many").version, "1");
    EXPECT_THAT(source.problem(spec, "theirs"), HasSubstr("signature: "));
    const auto requests = source.counter("requests");
    (void)source.offer(spec, "mine");
    EXPECT_EQ(source.counter("requests"), requests) << "a verdict is remembered";
    std::filesystem::remove(keys.path() / "mine.pub");
    EXPECT_THAT(source.problem(spec, "mine"), HasSubstr("signature: ")) << "its key was removed";
}

TEST_F(OciRegistryTest, serves_under_verify_what_is_not_signed_with_a_warning) {
    const TempDirectory keys;
    const Signer mine, theirs;
    mine.write_public_key(keys.path() / "default.pub");
    const auto digest = pusher->artifact("acme/fw", "1", "firmware");
    OciSource source(settings({{"signature", "verify"}, {"signature.keys", keys.path().string()}}));
    const auto spec = R"({"image":"fw:1"})";
    EXPECT_THAT(source.offer(spec).warning, HasSubstr("signature: "));
    theirs.sign(*pusher, "acme/fw", digest);
    std::this_thread::sleep_for(std::chrono::milliseconds(1100));
    EXPECT_THAT(source.problem(spec), HasSubstr("signature: "));
}

TEST_F(OciRegistryTest, without_keys_serves_nothing_under_require) {
    pusher->artifact("acme/fw", "1", "firmware");
    OciSource source(settings({{"signature", "require"}}));
    EXPECT_THAT(source.problem(R"({"image":"fw:1"})"), HasSubstr("there is no key"));
}

TEST(OciRegistryAccess, is_by_htpasswd_over_tls) {
    if (!has_oci_registry() || !has_program("htpasswd")) {
        GTEST_SKIP() << "there is no docker-registry or no htpasswd";
    }
    const Certificates certificates;
    const auto passwords = certificates.directory.path() / "htpasswd";
    ASSERT_EQ(run_shell("htpasswd -Bbn robot s3cret > " + passwords.string()).code, 0);
    OciRegistry registry("auth: {htpasswd: {realm: r, path: " + passwords.string() + "}}\n",
                         "  tls: {certificate: " + certificates.file("server.crt") +
                             ", key: " + certificates.file("server.key") + "}\n");
    const auto host = "localhost" + registry.host().substr(registry.host().find(':'));
    OciPusher pusher("https://" + host, "Basic cm9ib3Q6czNjcmV0", certificates.file("ca.crt"));
    pusher.artifact("acme/fw", "1", "firmware");
    SettingValues values{{"prefix", host + "/acme/"}, {"tls.ca", certificates.file("ca.crt")}};
    const auto spec = R"({"image":"fw:1"})";
    EXPECT_THAT(OciSource(values).problem(spec), HasSubstr("none are set"));
    values["user"] = "robot";
    values["password"] = "wrong";
    EXPECT_THAT(OciSource(values).problem(spec), HasSubstr("credentials rejected"));
    values["password"] = "s3cret";
    OciSource source(values);
    EXPECT_EQ(source.image(source.offer(spec)), "firmware");
}

}  // namespace
}  // namespace ajour::support
