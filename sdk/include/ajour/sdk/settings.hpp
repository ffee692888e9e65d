// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <ajour/sdk/abi.h>

#include <chrono>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace ajour::sdk {

/// A plugin's settings, parsed, checked against its table and filled with defaults. Keys are those
/// of the table. Asking for a key or a kind that the table does not declare is a fault of the
/// plugin: it throws std::logic_error, which `create` turns into a refusal. [any]
class Settings {
public:
    virtual ~Settings() = default;

    /// As text, or empty; also CHOICE, and PATH (made absolute). A secret's file is read each time.
    virtual std::string text(std::string_view key) const = 0;
    /// INTEGER, or SIZE in bytes; 0 when there is none.
    virtual std::int64_t integer(std::string_view key) const = 0;
    virtual bool boolean(std::string_view key) const = 0;
    virtual std::chrono::milliseconds duration(std::string_view key) const = 0;
    virtual std::vector<std::string> list(std::string_view key) const = 0;

    /// The names in use in a group of rows, sorted: of rows "server.*.url" and "server.*.token",
    /// names("server") are those that the operator chose, and a value is read by its whole key,
    /// text("server.acme.url"). A row that he left out for a name has its default.
    virtual std::vector<std::string> names(std::string_view group) const = 0;
};

/// Rows for a declared table, so that a plugin names only what differs from the usual.
/// `constexpr ajour_setting_row rows[] = {text_setting("root", "./firmware", "..."),
/// end_of_settings};`
constexpr ajour_setting_row text_setting(const char* key, const char* value, const char* help) {
    return {key, AJOUR_SETTING_TEXT, value, 0, 0, 0, 0, nullptr, help};
}
constexpr ajour_setting_row path_setting(const char* key, const char* value, const char* help) {
    return {key, AJOUR_SETTING_PATH, value, 0, 0, 0, 0, nullptr, help};
}
constexpr ajour_setting_row boolean_setting(const char* key, const char* value, const char* help) {
    return {key, AJOUR_SETTING_BOOLEAN, value, 0, 0, 0, 0, nullptr, help};
}
constexpr ajour_setting_row list_setting(const char* key, const char* value, const char* help) {
    return {key, AJOUR_SETTING_LIST, value, 0, 0, 0, 0, nullptr, help};
}
constexpr ajour_setting_row choice_setting(const char* key, const char* value, const char* choices,
                                           const char* help) {
    return {key, AJOUR_SETTING_CHOICE, value, 0, 0, 0, 0, choices, help};
}
constexpr ajour_setting_row integer_setting(const char* key, const char* value,
                                            std::int64_t minimum, std::int64_t maximum,
                                            const char* help) {
    return {key, AJOUR_SETTING_INTEGER, value, 0, 0, minimum, maximum, nullptr, help};
}
constexpr ajour_setting_row size_setting(const char* key, const char* value, std::int64_t minimum,
                                         std::int64_t maximum, const char* help) {
    return {key, AJOUR_SETTING_SIZE, value, 0, 0, minimum, maximum, nullptr, help};
}
/// Bounds are milliseconds.
constexpr ajour_setting_row duration_setting(const char* key, const char* value,
                                             std::int64_t minimum, std::int64_t maximum,
                                             const char* help) {
    return {key, AJOUR_SETTING_DURATION, value, 0, 0, minimum, maximum, nullptr, help};
}
/// A secret text: never printed; its value may be file:PATH or env:NAME.
constexpr ajour_setting_row secret_setting(const char* key, const char* help) {
    return {key, AJOUR_SETTING_TEXT, nullptr, 0, 1, 0, 0, nullptr, help};
}
/// The same row without a default: start-up fails when the file does not give a value.
constexpr ajour_setting_row required(ajour_setting_row row) {
    row.default_value = nullptr;
    row.required = 1;
    return row;
}
/// Ends every table.
inline constexpr ajour_setting_row end_of_settings{};

}  // namespace ajour::sdk
