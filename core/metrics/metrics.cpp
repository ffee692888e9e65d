// SPDX-License-Identifier: Apache-2.0
#include "metrics/metrics.hpp"

#include <utility>

namespace ajour::metrics {

namespace {

constexpr std::string_view prefix = "ajour_", suffix = "_total";
constexpr std::string_view refused_name = "ajour_metrics_refused_total";

void print_row(std::string& text, std::string_view name, std::string_view type,
               std::string_view help, const sdk::Metric& metric) {
    if (!help.empty()) text.append("# HELP ").append(name).append(" ").append(help).append("\n");
    text.append("# TYPE ").append(name).append(" ").append(type).append("\n");
    text.append(name).append(" ").append(std::to_string(metric.value())).append("\n");
}

/// The format gives a line feed and a backslash a meaning of their own.
std::string one_line(std::string_view help) {
    std::string text(help);
    for (auto& byte : text) {
        if (byte == '\n' || byte == '\r' || byte == '\\') byte = ' ';
    }
    return text;
}

}  // namespace

bool is_name(std::string_view name) noexcept {
    constexpr std::size_t longest = 100;
    return !name.empty() && name.size() <= longest && name.front() >= 'a' && name.front() <= 'z' &&
           name.find_first_not_of("abcdefghijklmnopqrstuvwxyz0123456789_") ==
               std::string_view::npos;
}

sdk::Metric& Metrics::counter(std::string_view name, std::string_view help) {
    if (!is_name(name)) return refuse();
    return find_or_add(std::string(prefix).append(name).append(suffix), "counter", help);
}

sdk::Metric& Metrics::gauge(std::string_view name, std::string_view help) {
    if (!is_name(name) || name.ends_with(suffix)) return refuse();
    return find_or_add(std::string(prefix).append(name), "gauge", help);
}

sdk::Metric& Metrics::find_or_add(std::string name, std::string_view type, std::string_view help) {
    const std::lock_guard lock(mutex_);
    auto found = rows_.find(name);
    if (found == rows_.end()) {
        if (rows_.size() >= names_max || name == refused_name) return refuse();
        found = rows_.try_emplace(std::move(name)).first;
        found->second.type = type;
    }
    auto& row = found->second;
    if (row.type != type) return refuse();
    if (row.help.empty()) row.help = one_line(help);
    return row.metric;
}

sdk::Metric& Metrics::refuse() noexcept {
    refused_.add();
    return not_shown_;
}

std::string Metrics::text() const {
    const std::lock_guard lock(mutex_);
    std::string text;
    for (const auto& [name, row] : rows_) print_row(text, name, row.type, row.help, row.metric);
    print_row(text, refused_name, "counter", "Metrics with wrong names, or too many.", refused_);
    return text;
}

}  // namespace ajour::metrics
