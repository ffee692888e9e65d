// SPDX-License-Identifier: Apache-2.0
#include "json_fields.hpp"

#include <gtest/gtest.h>

#include <string>

namespace ajour::lorawan {
namespace {

struct Read {
    explicit Read(const std::string& json) {
        const JsonField fields[] = {{"a/b", &text}, {"a/n", nullptr, &number}};
        const auto result = read_fields(json, fields);
        if (!result) problem = result.error().text;
    }
    std::string text;
    std::optional<std::uint64_t> number;
    std::string problem;
};

TEST(JsonFields, are_found_by_their_path) {
    const Read read(R"({"b":"x","a":{"c":{"b":"y","n":1},"n":7,"b":"z"},"n":2})");
    EXPECT_EQ(read.text, "z");
    EXPECT_EQ(read.number, 7U);
    EXPECT_EQ(read.problem, "");
}

TEST(JsonFields, are_not_looked_for_in_lists_nor_in_names_with_slashes) {
    const Read read(R"({"a":[{"b":"x","n":"no number"}],"l":[[{"a":{"b":"x"}}]],"a/b":"y",)"
                    R"("a/":{"b":"v"},"":{"a":{"b":"u"}}})");
    EXPECT_EQ(read.problem, "");
    EXPECT_EQ(read.text, "");
}

TEST(JsonFields, may_be_missing_or_null) {
    for (const auto* json : {"{}", R"({"a":null})", R"({"a":{"b":null,"n":null}})"}) {
        const Read read(json);
        EXPECT_EQ(read.problem, "");
        EXPECT_EQ(read.text, "");
        EXPECT_FALSE(read.number);
    }
}

TEST(JsonFields, are_not_made_of_poison) {
    std::string deep;
    for (int i = 0; i < 100000; ++i) deep += R"({"a":)";
    const std::pair<std::string, std::string> table[] = {
        {"", "no JSON"},
        {"7", "no JSON object"},
        {"\"a\"", "no JSON object"},
        {"null", "no JSON object"},
        {"[]", "no JSON object"},
        {R"({"a":{"b":7}})", "a/b is a number, expected a text"},
        {R"({"a":{"n":"7"}})", "a/n is a text, expected a number"},
        {R"({"a":{"b":{}}})", "a/b is an object or a list"},
        {R"({"a":{"b":["x"]}})", "a/b is an object or a list"},
        {R"({"a":{"n":-1}})", "a/n is no whole number"},
        {R"({"a":{"n":1.5}})", "a/n is no whole number"},
        {R"({"a":{"n":99999999999999999999999}})", "a/n is no whole number"},
        {R"({"a":{"n":true}})", "a/n is no whole number"},
        {R"({"a":{"b":"x"})", "no JSON from byte"},
        {"{\"a\":{\"b\":\"\xff\xfe\"}}", "no JSON from byte"},
        {deep, "nested too deeply"},
    };
    for (const auto& [json, problem] : table) {
        const Read read(json);
        EXPECT_NE(read.problem.find(problem), std::string::npos)
            << json.substr(0, 50) << ": " << read.problem;
        EXPECT_LT(read.problem.size(), 100U);
    }
}

}  // namespace
}  // namespace ajour::lorawan
