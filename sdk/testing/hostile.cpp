// SPDX-License-Identifier: Apache-2.0
#include "ajour/sdk/testing/hostile.hpp"

namespace ajour::sdk::contract {

std::vector<std::string> hostile_specs() {
    const std::string zero(1, '\0');
    return {
        "",
        "nonsense",
        "null",
        "true",
        "42",
        "-1e999",
        "\"text\"",
        "[]",
        "{}",
        "{",
        zero,
        "\xff\xfe\x80",
        R"({"name":null})",
        R"({"name":{}})",
        R"({"name":7,"image":7,"controller":7})",
        R"({"name":"","image":"","controller":""})",
        R"({"name":"../../etc/passwd","image":"../../etc/passwd","controller":"../../etc/passwd"})",
        R"({"name":"/etc/passwd","image":"/etc/passwd","controller":"/etc/passwd"})",
        R"({"name":"a\u0000b","image":"a\u0000b","controller":"a\u0000b"})",
        R"({"name":"a\r\nHost: b","image":"a\r\nHost: b","controller":"a\r\nHost: b"})",
        R"({"name":")" + std::string(100'000, 'n') + R"("})",
        std::string(100'000, '['),
        R"({"name":)" + std::string(10'000, '[') + std::string(10'000, ']') + "}",
    };
}

std::vector<std::string> hostile_names() {
    return {
        "",
        std::string(1, '\0'),
        "..",
        "../../etc/passwd",
        "a/b",
        "' OR 1=1 --",
        "%2e%2e%2f",
        "\xff\xfe\x80",
        "a\r\nb",
        std::string(255, 'n'),
        std::string(100'000, 'n'),
    };
}

}  // namespace ajour::sdk::contract
