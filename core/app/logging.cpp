// SPDX-License-Identifier: Apache-2.0
#include "app/logging.hpp"

#include <spdlog/logger.h>
#include <spdlog/sinks/dist_sink.h>
#include <spdlog/sinks/rotating_file_sink.h>
#include <spdlog/sinks/stdout_sinks.h>

#include <stdexcept>
#include <utility>

namespace ajour::app {

namespace {

constexpr const char* pattern = "%Y-%m-%dT%H:%M:%S.%e%z %-7l %v";

spdlog::sink_ptr make_sink(const settings::Section& host) {
    const auto file = host.text("ajour.log.file");
    if (file.empty()) return std::make_shared<spdlog::sinks::stderr_sink_mt>();
    try {
        return std::make_shared<spdlog::sinks::rotating_file_sink_mt>(
            file, static_cast<std::size_t>(host.integer("ajour.log.max_size")),
            static_cast<std::size_t>(host.integer("ajour.log.files")));
    } catch (const spdlog::spdlog_ex& thrown) {
        throw std::runtime_error("opening the log file " + file + ": " + thrown.what());
    }
}

spdlog::level::level_enum level_of(sdk::LogLevel level) {
    constexpr spdlog::level::level_enum levels[] = {spdlog::level::debug, spdlog::level::info,
                                                    spdlog::level::warn, spdlog::level::err};
    return levels[static_cast<std::uint8_t>(level)];
}

}  // namespace

/// Whose one sink can be replaced while others write.
struct Log::Outlet final : spdlog::sinks::dist_sink_mt {};

Log::Log(const settings::Section& host)
    : outlet_(std::make_shared<Outlet>()),
      logger_(std::make_shared<spdlog::logger>("ajourd", outlet_)) {
    outlet_->add_sink(make_sink(host));
    logger_->set_pattern(pattern);
    logger_->flush_on(spdlog::level::info);
    take_level(host);
}

void Log::write(sdk::LogLevel level, std::string_view part, std::string_view text) noexcept {
    logger_->log(level_of(level), "{}: {}", spdlog::string_view_t(part.data(), part.size()),
                 spdlog::string_view_t(text.data(), text.size()));
}

sdk::Result<void> Log::reopen(const settings::Section& host) {
    try {
        auto fresh = make_sink(host);
        fresh->set_pattern(pattern);
        outlet_->set_sinks({std::move(fresh)});
        return {};
    } catch (const std::exception& thrown) {
        return sdk::Error{sdk::ErrorKind::Unavailable, thrown.what()};
    }
}

void Log::take_level(const settings::Section& host) {
    logger_->set_level(spdlog::level::from_str(host.text("ajour.log.level")));
}

}  // namespace ajour::app
