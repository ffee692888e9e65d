// SPDX-License-Identifier: Apache-2.0
// Each document that a hostile or broken server may send gives one clear error.
#include "content/manifest.hpp"
#include "document_text.hpp"

#include <gmock/gmock.h>

#include <string>
#include <vector>

using namespace ajour::oci;
using ajour::sdk::ErrorKind;
using testing::HasSubstr;

namespace {

const std::string manifest_type = "application/vnd.oci.image.manifest.v1+json";
const std::string index_type = "application/vnd.oci.image.index.v1+json";
const std::string hex(64, 'a');

std::string repeated(const std::string& text, std::size_t count) {
    std::string all;
    for (std::size_t i = 0; i < count; ++i) all += (i == 0 ? "" : ",") + text;
    return all;
}

std::string descriptor(const std::string& members) {
    return R"({"mediaType":"application/octet-stream","digest":"sha256:)" + hex + R"(","size":1)" +
           members + "}";
}

/// A manifest whose only layer is the given text.
std::string with_layer(const std::string& layer) {
    return R"({"schemaVersion":2,"config":)" + json_of(empty_config()) + R"(,"layers":[)" + layer +
           "]}";
}

std::string with_members(const std::string& members) {
    return R"({"schemaVersion":2,"config":)" + json_of(empty_config()) + members + "}";
}

std::string index_with(const std::string& members) {
    return R"({"schemaVersion":2,)" + members + "}";
}

struct Hostile {
    const char* what;
    std::string body;
    const char* error;
    std::string media_type = manifest_type;
};

std::string many_annotations() {
    std::string text;
    for (int i = 0; i < 200; ++i) {
        text += (i == 0 ? "\"" : ",\"") + std::to_string(i) + R"(":"x")";
    }
    return R"(,"annotations":{)" + text + "}";
}

std::vector<Hostile> hostile_documents() {
    const auto good = descriptor("");
    return {
        {"nothing", "", "not JSON"},
        {"HTML", "<!DOCTYPE html><html>429</html>", "begins with <!DOCTYPE"},
        {"plain text", "404 page not found", "not JSON"},
        {"a cut document", with_layer(good).substr(0, 100), "not JSON"},
        {"trailing garbage", with_layer(good) + "x", "not JSON"},
        {"two documents", with_layer(good) + with_layer(good), "not JSON"},
        {"a NUL byte", std::string("{\0}", 3), "not JSON"},
        {"a byte order mark of UTF-16", "\xff\xfe{", "not JSON"},
        {"invalid UTF-8", with_members(",\"layers\":[],\"x\":\"\xc3\""), "not JSON"},
        {"a list", "[]", "found a list, expected a JSON object"},
        {"a text", "\"x\"", "expected a JSON object"},
        {"null", "null", "found null, expected a JSON object"},
        {"an error body", R"({"errors":[{"code":"UNAUTHORIZED"}]})", "schemaVersion is missing"},
        {"schema 1", R"({"schemaVersion":1})", "schemaVersion is 1, expected 2"},
        {"a schema as text", R"({"schemaVersion":"2"})", "schemaVersion is \"2\", expected 2"},
        {"a schema as a fraction", R"({"schemaVersion":2.0})", "schemaVersion is a negative or"},
        {"a media type of another kind", R"({"schemaVersion":2,"mediaType":7})",
         "mediaType is 7, expected a text"},
        {"an endless media type",
         R"({"schemaVersion":2,"mediaType":")" + std::string(5000, 'x') + "\"}", "mediaType is"},
        {"no config", R"({"schemaVersion":2,"layers":[]})", "config is missing"},
        {"a config of another kind", R"({"schemaVersion":2,"config":[],"layers":[]})",
         "config: found a list, expected an object"},
        {"no layers", with_members(""), "layers is missing, expected a list"},
        {"layers as an object", with_members(R"(,"layers":{})"), "layers is an object"},
        {"layers as null", with_members(R"(,"layers":null)"), "layers is missing"},
        {"too many layers", with_members(R"(,"layers":[)" + repeated(good, 257) + "]"),
         "layers has 257 entries, expected at most 256"},
        {"a layer of another kind", with_layer("7"), "layers[0]: found 7, expected an object"},
        {"the second layer is null", with_layer(good + ",null"), "layers[1]: found null"},
        {"a layer without anything", with_layer("{}"), "layers[0]: mediaType is missing"},
        {"a layer without a digest", with_layer(R"({"mediaType":"a","size":1})"),
         "layers[0]: digest is missing"},
        {"an empty digest", with_layer(R"({"mediaType":"a","size":1,"digest":""})"),
         "layers[0]: digest is \"\""},
        {"a digest that climbs",
         with_layer(R"({"mediaType":"a","size":1,"digest":"sha256:../../../../etc/shadow"})"),
         "expected sha256: and 64"},
        {"a digest in upper case",
         with_layer(R"({"mediaType":"a","size":1,"digest":"sha256:)" + std::string(64, 'A') +
                    "\"}"),
         "expected sha256: and 64"},
        {"a digest by md5",
         with_layer(R"({"mediaType":"a","size":1,"digest":"md5:)" + std::string(32, 'a') + "\"}"),
         "expected sha256: and 64"},
        {"a digest by sha512",
         with_layer(R"({"mediaType":"a","size":1,"digest":"sha512:)" + std::string(128, 'a') +
                    "\"}"),
         "sha512, only sha256 is taken"},
        {"no size", with_layer(R"({"mediaType":"a","digest":"sha256:)" + hex + "\"}"),
         "layers[0]: size is missing"},
        {"a negative size",
         with_layer(R"({"mediaType":"a","digest":"sha256:)" + hex + R"(","size":-1})"),
         "size is a negative"},
        {"a huge size",
         with_layer(R"({"mediaType":"a","digest":"sha256:)" + hex +
                    R"(","size":18446744073709551615})"),
         "size is 18446744073709551615, expected a number from 0 to"},
        {"a size beyond 64 bits",
         with_layer(R"({"mediaType":"a","digest":"sha256:)" + hex + R"(","size":1e30})"),
         "size is a negative or fractional number"},
        {"a size as text",
         with_layer(R"({"mediaType":"a","digest":"sha256:)" + hex + R"(","size":"1"})"),
         "size is \"1\""},
        {"a member twice", with_layer(descriptor(R"(,"size":2)")), "names the member size twice"},
        {"annotations as a list", with_layer(descriptor(R"(,"annotations":[])")),
         "annotations is a list, expected an object"},
        {"an annotation as a number", with_layer(descriptor(R"(,"annotations":{"a":1})")),
         "annotation a is no text"},
        {"an endless annotation",
         with_layer(descriptor(R"(,"annotations":{"a":")" + std::string(40'000, 'x') + "\"}")),
         "annotation a is no text of at most 32768 bytes"},
        {"too many annotations", with_layer(descriptor(many_annotations())),
         "annotations has 200 members, expected at most 128"},
        {"data that is no base64", with_layer(descriptor(R"(,"data":"!!!")")),
         "data is not base64"},
        {"a platform as text", with_layer(descriptor(R"(,"platform":"linux/arm")")),
         "platform is \"linux/arm\", expected an object"},
        {"an architecture as a number", with_layer(descriptor(R"(,"platform":{"architecture":7})")),
         "platform: architecture is 7"},
        {"deep nesting", with_members(",\"x\":" + std::string(5000, '[')), "nested deeper than 32"},
        {"deep objects", std::string(200'000, '{'), "not JSON"},
        {"many values", with_members(",\"layers\":[],\"x\":[" + repeated("[]", 100'000) + "]"),
         "more than 65536 values"},
        {"an index without manifests", index_with(R"("x":1)"), "manifests is missing", index_type},
        {"too many manifests", index_with(R"("manifests":[)" + repeated(good, 1025) + "]"),
         "manifests has 1025 entries, expected at most 1024", index_type},
        {"a signed schema 1", "{}", "the media type is",
         "application/vnd.docker.distribution.manifest.v1+prettyjws"},
        {"JSON of another kind", "{}", "the media type is \"application/json\"",
         "application/json"},
        {"a media type with control bytes", "{}", "the media type is \"a?[31m\"", "a\x1b[31m"},
        {"an endless body", std::string(DocumentBytes + 1, ' '), "bytes of JSON, at most 4194304"},
    };
}

TEST(HostileDocuments, give_one_clear_error_each) {
    const auto documents = hostile_documents();
    EXPECT_GE(documents.size(), 50U);
    for (const auto& hostile : documents) {
        const auto parsed = parse_document({hostile.media_type, "sha256:" + hex, hostile.body});
        ASSERT_FALSE(parsed) << hostile.what;
        EXPECT_THAT(parsed.error().text, HasSubstr(hostile.error)) << hostile.what;
        EXPECT_EQ(parsed.error().kind, ErrorKind::Malformed) << hostile.what;
        EXPECT_LE(parsed.error().text.size(), 400U) << hostile.what;
    }
}

TEST(HostileDocuments, differ_from_good_ones_only_in_what_is_wrong) {
    EXPECT_TRUE(parse_document({manifest_type, "sha256:" + hex, with_layer(descriptor(""))}));
    EXPECT_TRUE(parse_document({index_type, "sha256:" + hex, index_with(R"("manifests":[])")}));
}

}  // namespace
