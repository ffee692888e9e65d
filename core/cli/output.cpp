// SPDX-License-Identifier: Apache-2.0
#include "cli/output.hpp"

#include <algorithm>
#include <iostream>

namespace ajour::cli {

namespace {

/// What comes from devices must not steer a terminal.
std::string printable(std::string text) {
    for (auto& byte : text) {
        const auto code = static_cast<unsigned char>(byte);
        if (code < 0x20 || code == 0x7f) byte = '?';
    }
    return text;
}

std::size_t width_of(std::string_view text) {
    // Bytes that continue a UTF-8 character take no column.
    return static_cast<std::size_t>(std::count_if(text.begin(), text.end(), [](char byte) {
        return (static_cast<unsigned char>(byte) & 0xC0) != 0x80;
    }));
}

void widen(std::vector<std::size_t>& widths, const Row& row) {
    for (std::size_t i = 0; i < row.size(); ++i) widths[i] = std::max(widths[i], width_of(row[i]));
}

void print_row(const Row& row, const std::vector<std::size_t>& widths) {
    std::string line;
    for (std::size_t i = 0; i < row.size(); ++i) {
        line += printable(row[i]);
        if (i + 1 < row.size()) line.append(widths[i] - width_of(row[i]) + 2, ' ');
    }
    std::cout << line.substr(0, line.find_last_not_of(' ') + 1) << '\n';
}

}  // namespace

void print_table(const Row& head, const std::vector<Row>& rows) {
    std::vector<std::size_t> widths(head.size());
    widen(widths, head);
    for (const auto& row : rows) widen(widths, row);
    print_row(head, widths);
    for (const auto& row : rows) print_row(row, widths);
}

void print_json(const Json& value) {
    std::cout << value.dump(2, ' ', false, Json::error_handler_t::replace) << '\n';
}

void print_line(std::string_view text) {
    std::cout << text << '\n';
}

void warn(std::string_view text) {
    std::cerr << "ajour: " << text << '\n';
}

}  // namespace ajour::cli
