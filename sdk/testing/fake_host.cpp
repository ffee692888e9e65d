// SPDX-License-Identifier: Apache-2.0
#include "ajour/sdk/testing/fake_host.hpp"

#include <cstdlib>
#include <stdexcept>
#include <system_error>

namespace ajour::sdk::contract {

namespace {

std::filesystem::path make_directory() {
    auto name = (std::filesystem::temp_directory_path() / "ajour-plugin-XXXXXX").string();
    if (::mkdtemp(name.data()) == nullptr)
        throw std::runtime_error("cannot make a temporary directory");
    return name;
}

}  // namespace

FakeHost::FakeHost(const ajour_setting_row* rows, SettingValues values)
    : directory_(make_directory()), settings_(rows, std::move(values), directory_) {}

FakeHost::~FakeHost() {
    std::error_code ignored;
    std::filesystem::remove_all(directory_, ignored);
}

void FakeHost::log(LogLevel level, std::string_view text) noexcept {
    const std::scoped_lock lock(mutex_);
    lines_.push_back({level, std::string(text)});
}

Metric& FakeHost::metric(std::string_view name) {
    const std::scoped_lock lock(mutex_);
    const auto found = metrics_.find(name);
    return found != metrics_.end() ? found->second : metrics_[std::string(name)];
}

Metric& FakeHost::counter(std::string_view name, std::string_view /*help*/) {
    return metric(name);
}

Metric& FakeHost::gauge(std::string_view name, std::string_view /*help*/) {
    return metric(name);
}

void FakeHost::set_trouble(std::string_view sentence) noexcept {
    const std::scoped_lock lock(mutex_);
    trouble_ = sentence;
}

std::string FakeHost::trouble() const {
    const std::scoped_lock lock(mutex_);
    return trouble_;
}

std::vector<FakeHost::Line> FakeHost::lines(LogLevel least) const {
    const std::scoped_lock lock(mutex_);
    std::vector<Line> found;
    for (const auto& line : lines_) {
        if (line.level >= least) found.push_back(line);
    }
    return found;
}

}  // namespace ajour::sdk::contract
