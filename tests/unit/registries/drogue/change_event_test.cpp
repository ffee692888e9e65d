// SPDX-License-Identifier: Apache-2.0
#include "change_event.hpp"

#include <gmock/gmock.h>

#include <map>
#include <string>

namespace ajour::drogue_registry {
namespace {

using Headers = std::map<std::string, std::string>;
using testing::ElementsAre;
using testing::IsEmpty;

sdk::Result<std::vector<std::string>> read(const Headers& headers, std::string_view body = {}) {
    const auto changed = read_change_events({"", headers, body});
    if (!changed) return changed.error();
    std::vector<std::string> names;
    for (const auto& each : *changed) names.push_back(each.application + ":" + each.device);
    return names;
}

/// As the cloud makes them, but for what does not matter here.
std::string event(const std::string& type, const std::string& subject, const std::string& more) {
    return R"({"specversion":"1.0","id":"1","type":"io.drogue.registry.change.)" + type +
           R"(","source":"drogue:/drogue/app","subject":")" + subject +
           R"(","instance":"drogue","application":"app",)" + more +
           R"("datacontenttype":"application/json","data":{"revision":7,"uid":"u"}})";
}

const Headers structured{{"content-type", "application/cloudevents+json; charset=utf-8"}};
const Headers batch{{"content-type", "application/cloudevents-batch+json"}};
const std::string of_device = event("device", ".spec.firmware", R"("device":"dev/1",)");
const std::string of_application = event("application", ".", "");

TEST(ChangeEvent, names_a_device_or_an_application) {
    EXPECT_THAT(*read(structured, of_device), ElementsAre("app:dev/1"));
    EXPECT_THAT(*read(structured, of_application), ElementsAre("app:"));
}

TEST(ChangeEvent, comes_in_batches_too) {
    EXPECT_THAT(*read(batch, "[" + of_device + "," + of_application + "]"),
                ElementsAre("app:dev/1", "app:"));
    EXPECT_THAT(*read(batch, "[]"), IsEmpty());
}

TEST(ChangeEvent, comes_in_headers_too) {
    Headers headers{{"content-type", "application/json"},
                    {"ce-type", "io.drogue.registry.change.device"},
                    {"ce-subject", "."},
                    {"ce-application", "app"},
                    {"ce-device", "%C3%BC%zz%"}};
    EXPECT_THAT(*read(headers, R"({"revision":1,"uid":"u"})"), ElementsAre("app:\xC3\xBC%zz%"));
    headers["ce-type"] = "io.drogue.registry.change.application";
    EXPECT_THAT(*read(headers), ElementsAre("app:"));
}

TEST(ChangeEvent, of_a_status_or_of_another_type_says_nothing) {
    EXPECT_THAT(*read(structured, event("device", ".status.firmware", R"("device":"d",)")),
                IsEmpty());
    EXPECT_THAT(*read(structured, R"({"type":"io.drogue.event.v1","application":"a"})"), IsEmpty());
}

TEST(ChangeEvent, that_is_none_is_malformed) {
    const std::string deep(200'000, '[');
    for (const std::string body :
         {"", "nonsense", "[]", "{}", "7", deep.c_str(), R"({"type":7})",
          R"({"type":"io.drogue.registry.change.application"})",
          R"({"type":"io.drogue.registry.change.device","application":"a"})",
          R"({"type":"io.drogue.registry.change.device","application":"a","device":["d"]})"}) {
        const auto changed = read(structured, body);
        ASSERT_FALSE(changed) << body;
        EXPECT_EQ(changed.error().kind, sdk::ErrorKind::Malformed);
    }
    EXPECT_FALSE(read({}));
    EXPECT_FALSE(read(batch, of_device));
    EXPECT_FALSE(read(batch, "[7]"));
}

}  // namespace
}  // namespace ajour::drogue_registry
