// SPDX-License-Identifier: Apache-2.0
#include "settings/document.hpp"

#include <algorithm>
#include <cerrno>
#include <cstring>
#include <fstream>
#include <optional>
#include <utility>

namespace ajour::settings {

using sdk::Error;
using sdk::ErrorKind;
using sdk::Result;

namespace {

constexpr std::string_view spaces = " \t\n\v\f\r";

std::string_view trimmed(std::string_view text) noexcept {
    const auto first = text.find_first_not_of(spaces);
    if (first == std::string_view::npos) return {};
    return text.substr(first, text.find_last_not_of(spaces) - first + 1);
}

bool ends_line(char byte) noexcept {
    return byte == '\n' || byte == '\r';
}

/// Walks over the text and counts lines; "\r\n" ends one line.
class Reader {
public:
    explicit Reader(std::string_view text) : text_(text) {
        if (text_.starts_with("\xef\xbb\xbf")) text_.remove_prefix(3);
    }

    bool at_end() const noexcept { return text_.empty(); }
    char peek() const noexcept { return text_.front(); }
    std::size_t line() const noexcept { return line_; }

    char take() noexcept {
        const char byte = text_.front();
        text_.remove_prefix(1);
        const bool half = byte == '\r' && !at_end() && peek() == '\n';
        if (ends_line(byte) && !half) ++line_;
        return byte;
    }

    void skip_spaces() noexcept {
        while (!at_end() && spaces.find(peek()) != std::string_view::npos) take();
    }

    void skip_line() noexcept {
        while (!at_end() && !ends_line(peek())) take();
    }

    std::string take_key() {
        std::string key;
        while (!at_end() && !ends_line(peek()) && peek() != '=' && peek() != ':') key += take();
        return std::string(trimmed(key));
    }

    std::string take_value() {
        std::string value;
        while (!at_end() && !ends_line(peek())) {
            const char byte = take();
            if (byte != '\\') {
                value += byte;
            } else if (const auto escaped = take_escape()) {
                value += *escaped;
            }
        }
        return std::string(trimmed(value));
    }

private:
    std::optional<char> take_escape() noexcept {
        if (at_end()) return std::nullopt;
        const char byte = take();
        if (byte == '\r' && !at_end() && peek() == '\n') take();
        if (ends_line(byte)) return std::nullopt;
        constexpr std::string_view letters = "trnf", meanings = "\t\r\n\f";
        const auto letter = letters.find(byte);
        return letter == std::string_view::npos ? byte : meanings[letter];
    }

    std::string_view text_;
    std::size_t line_ = 1;
};

/// What may be shown of a line that is no entry: its first word, because the rest might be a
/// secret.
std::string first_word(std::string_view line) {
    return in_quotes(line.substr(0, std::min(line.find_first_of(spaces), std::size_t{40})));
}

void put_entry(Document& document, const std::string& key, Entry entry) {
    const auto origin = entry.origin.text();
    if (!is_key(key)) {
        document.add_problem({origin, "",
                              "found the key " + first_word(key) + ", expected 1 to " +
                                  std::to_string(key_bytes_max) +
                                  " letters, digits, '.', '_' and '-'"});
    } else if (const auto* earlier = document.find(key)) {
        document.add_problem(
            {origin, key, "given twice, first in line " + std::to_string(earlier->origin.line)});
    } else {
        document.put(key, std::move(entry));
    }
}

void read_entry(Document& document, Reader& reader, std::string_view name) {
    Origin origin{Level::File, std::string(name), reader.line()};
    const auto key = reader.take_key();
    const bool has_value = !reader.at_end() && !ends_line(reader.peek());
    if (!has_value) {
        document.add_problem(
            {origin.text(), "", "found " + first_word(key) + " without '=', expected key = value"});
        return;
    }
    reader.take();
    auto value = reader.take_value();
    put_entry(document, key, {std::move(value), std::move(origin)});
}

Error reading_failed(const std::filesystem::path& path, int code) {
    const auto kind = code == ENOENT   ? ErrorKind::NotFound
                      : code == EACCES ? ErrorKind::Refused
                                       : ErrorKind::Unavailable;
    return {kind, "reading " + path.string() + ": " + std::strerror(code)};
}

}  // namespace

std::string Origin::text() const {
    switch (level) {
        case Level::Environment:
            return "environment variable " + name;
        case Level::Flag:
            return "flag " + name;
        case Level::File:
            break;
    }
    return line == 0 ? name : name + ":" + std::to_string(line);
}

const Entry* Document::find(std::string_view key) const noexcept {
    const auto found = entries_.find(key);
    return found == entries_.end() ? nullptr : &found->second;
}

void Document::put(std::string key, Entry entry) {
    const auto found = entries_.find(key);
    if (found == entries_.end()) {
        entries_.emplace(std::move(key), std::move(entry));
    } else if (found->second.origin.level <= entry.origin.level) {
        found->second = std::move(entry);
    }
}

bool is_key(std::string_view text) noexcept {
    constexpr std::string_view allowed =
        "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789._-";
    return !text.empty() && text.size() <= key_bytes_max &&
           text.find_first_not_of(allowed) == std::string_view::npos;
}

Result<Document> parse(std::string_view text, std::string_view name) {
    if (text.size() > file_bytes_max) {
        return Error{ErrorKind::Malformed, std::string(name) + ": found more than the expected " +
                                               std::to_string(file_bytes_max) + " bytes at most"};
    }
    if (text.find('\0') != std::string_view::npos) {
        return Error{ErrorKind::Malformed,
                     std::string(name) + ": found a zero byte, expected a properties file"};
    }
    Document document;
    Reader reader(text);
    for (reader.skip_spaces(); !reader.at_end(); reader.skip_spaces()) {
        if (reader.peek() == '#' || reader.peek() == '!') {
            reader.skip_line();
        } else {
            read_entry(document, reader, name);
        }
    }
    return document;
}

Result<Document> load(const std::filesystem::path& path) {
    std::error_code code;
    if (std::filesystem::is_directory(path, code)) return reading_failed(path, EISDIR);
    errno = 0;
    std::ifstream file(path, std::ios::binary);
    if (!file) return reading_failed(path, errno == 0 ? EIO : errno);
    std::string text(file_bytes_max + 1, '\0');
    file.read(text.data(), static_cast<std::streamsize>(text.size()));
    if (file.bad()) return reading_failed(path, EIO);
    text.resize(static_cast<std::size_t>(file.gcount()));
    return parse(text, path.string());
}

}  // namespace ajour::settings
