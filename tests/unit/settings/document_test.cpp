// SPDX-License-Identifier: Apache-2.0
#include "settings/document.hpp"

#include "support/temp_directory.hpp"

#include <gtest/gtest.h>

#include <string>

namespace ajour::settings {
namespace {

using sdk::ErrorKind;

std::string value_of(const Document& document, std::string_view key) {
    const auto* entry = document.find(key);
    return entry == nullptr ? "(none)" : entry->value;
}

std::string first_problem(std::string_view text) {
    const auto document = parse(text, "f");
    if (!document || document->problems().empty()) return "(none)";
    return document->problems().front().sentence();
}

TEST(Document, reads_both_separators_and_trims) {
    const auto document = parse("a.b = one two \n  c:3\nd=\n\ne=x=y:z");
    ASSERT_TRUE(document);
    EXPECT_EQ(value_of(*document, "a.b"), "one two");
    EXPECT_EQ(value_of(*document, "c"), "3");
    EXPECT_EQ(value_of(*document, "d"), "");
    EXPECT_EQ(value_of(*document, "e"), "x=y:z");
    EXPECT_TRUE(document->problems().empty());
}

TEST(Document, skips_comments_blank_lines_and_a_byte_order_mark) {
    const auto document = parse("\xef\xbb\xbf# one\n  ! two = 2\n\n\r\na = # no comment\r\n");
    ASSERT_TRUE(document);
    EXPECT_EQ(document->entries().size(), 1U);
    EXPECT_EQ(value_of(*document, "a"), "# no comment");
}

TEST(Document, knows_escapes_and_joined_lines) {
    const auto document = parse("a = x\\ty\\\\z\\q\nb = one,\\\n two,\\\r\nthree\nc = end\\");
    ASSERT_TRUE(document);
    EXPECT_EQ(value_of(*document, "a"), "x\ty\\zq");
    EXPECT_EQ(value_of(*document, "b"), "one, two,three");
    EXPECT_EQ(value_of(*document, "c"), "end");
}

TEST(Document, keeps_the_line_of_each_entry) {
    const auto document = parse("# one\na = 1\r\nb = 1\\\n2\n\nc = 3", "etc/x.properties");
    ASSERT_TRUE(document);
    EXPECT_EQ(document->find("a")->origin.line, 2U);
    EXPECT_EQ(document->find("b")->origin.line, 3U);
    EXPECT_EQ(document->find("c")->origin.text(), "etc/x.properties:6");
}

TEST(Document, reports_a_key_given_twice_and_keeps_the_first) {
    const auto document = parse("a = 1\nb = 2\na = 3\n", "f");
    ASSERT_TRUE(document);
    EXPECT_EQ(value_of(*document, "a"), "1");
    EXPECT_EQ(first_problem("a = 1\nb = 2\na = 3\n"), "f:3: a: given twice, first in line 1");
}

TEST(Document, reports_lines_that_are_no_entries_without_what_might_be_a_secret) {
    EXPECT_EQ(first_problem("password hunter2\n"),
              "f:1: found 'password' without '=', expected key = value");
    EXPECT_EQ(first_problem("a b = hunter2\n"),
              "f:1: found the key 'a', expected 1 to 200 letters, digits, '.', '_' and '-'");
    EXPECT_EQ(first_problem("= 1\n"),
              "f:1: found the key '', expected 1 to 200 letters, digits, '.', '_' and '-'");
    EXPECT_EQ(first_problem("\x1b[31m = 1\n").substr(0, 24), "f:1: found the key '?[31");
}

TEST(Document, refuses_what_is_no_text_or_too_long) {
    EXPECT_EQ(parse(std::string("a = \0b", 6)).error().kind, ErrorKind::Malformed);
    EXPECT_EQ(parse(std::string(file_bytes_max + 1, 'a')).error().kind, ErrorKind::Malformed);
    EXPECT_TRUE(parse("a=" + std::string(file_bytes_max - 2, 'a')));
}

TEST(Document, collects_a_bounded_number_of_problems) {
    std::string text;
    for (int i = 0; i < 1000; ++i) text += "x\n";
    const auto document = parse(text);
    ASSERT_TRUE(document);
    EXPECT_EQ(document->problems().size(), problems_max + 1);
}

TEST(Document, loads_a_file_and_says_why_it_cannot) {
    const support::TempDirectory directory;
    const auto file = directory.write("a.properties", "a = 1\n");
    const auto document = load(file);
    ASSERT_TRUE(document);
    EXPECT_EQ(document->find("a")->origin.text(), file.string() + ":1");
    const auto absent = load(directory.path() / "absent");
    EXPECT_EQ(absent.error().kind, ErrorKind::NotFound);
    EXPECT_EQ(absent.error().text,
              "reading " + (directory.path() / "absent").string() + ": No such file or directory");
    EXPECT_EQ(load(directory.path()).error().kind, ErrorKind::Unavailable);
    EXPECT_EQ(load(directory.write("big", std::string(file_bytes_max + 1, 'a'))).error().kind,
              ErrorKind::Malformed);
}

}  // namespace
}  // namespace ajour::settings
