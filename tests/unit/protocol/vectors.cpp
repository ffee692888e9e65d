// SPDX-License-Identifier: Apache-2.0
#include "vectors.hpp"

#include "support/places.hpp"

#include <fstream>
#include <sstream>
#include <stdexcept>

namespace ajour::test {

namespace {

std::string trimmed(const std::string& text) {
    const auto first = text.find_first_not_of(" \t");
    if (first == std::string::npos) return {};
    return text.substr(first, text.find_last_not_of(" \t") - first + 1);
}

bool is_text_file(const std::string& file) {
    return file.find("_json") != std::string::npos;
}

Vector parse_line(const std::string& line, bool is_text) {
    const auto first = line.find('|');
    const auto last = line.find('|', first + 1);
    if (first == std::string::npos || last == std::string::npos) {
        throw std::runtime_error("no vector: " + line);
    }
    const auto middle = trimmed(line.substr(first + 1, last - first - 1));
    const auto text = sdk::bytes_of(middle);
    return {trimmed(line.substr(0, first)),
            is_text ? sdk::Bytes(text.begin(), text.end()) : bytes_from_hex(middle),
            trimmed(line.substr(last + 1))};
}

template <typename Number>
std::string or_absent(const std::optional<Number>& number) {
    return number ? std::to_string(*number) : "-";
}

std::string or_empty(sdk::ByteView bytes) {
    return bytes.empty() ? "empty" : hex(bytes);
}

}  // namespace

std::vector<Vector> load_vectors(const std::string& file) {
    std::ifstream in(std::string(AJOUR_SOURCE_DIR "/tests/vectors/") + file);
    if (!in) throw std::runtime_error("no vectors in " + file);
    std::vector<Vector> vectors;
    for (std::string line; std::getline(in, line);) {
        if (line.empty() || line.front() == '#') continue;
        vectors.push_back(parse_line(line, is_text_file(file)));
    }
    return vectors;
}

std::vector<Vector> load_vectors(const std::string& file, std::string_view prefix) {
    auto vectors = load_vectors(file);
    std::erase_if(vectors, [&](const auto& one) { return one.name.rfind(prefix, 0) != 0; });
    return vectors;
}

sdk::Bytes bytes_from_hex(std::string_view text) {
    std::string digits(text);
    std::erase(digits, ' ');
    if (digits.size() % 2 != 0) throw std::runtime_error("half a byte in " + digits);
    sdk::Bytes bytes;
    for (std::size_t i = 0; i < digits.size(); i += 2) {
        bytes.push_back(static_cast<std::uint8_t>(std::stoul(digits.substr(i, 2), nullptr, 16)));
    }
    return bytes;
}

std::string hex(sdk::ByteView bytes) {
    std::string text;
    for (const auto byte : bytes) {
        text += "0123456789abcdef"[byte >> 4];
        text += "0123456789abcdef"[byte & 0xf];
    }
    return text;
}

std::map<std::string, std::string> fields_of(std::string_view meaning) {
    std::map<std::string, std::string> fields;
    std::istringstream words{std::string(meaning)};
    for (std::string word; words >> word;) {
        const auto equals = word.find('=');
        if (equals != std::string::npos) fields[word.substr(0, equals)] = word.substr(equals + 1);
    }
    return fields;
}

std::string meaning_of(const protocol::Status& status) {
    std::string update = "-";
    if (status.update) {
        update =
            or_empty(status.update->version.view()) + "@" + std::to_string(status.update->offset);
    }
    return "version=" + or_empty(status.version.view()) + " mtu=" + or_absent(status.mtu) +
           " correlation_id=" + or_absent(status.correlation_id) + " update=" + update;
}

}  // namespace ajour::test
