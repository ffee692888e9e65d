// SPDX-License-Identifier: Apache-2.0
#include "app/logging.hpp"

#include <spdlog/logger.h>
#include <spdlog/sinks/rotating_file_sink.h>
#include <spdlog/sinks/stdout_sinks.h>

#include <stdexcept>

namespace ajour::app {

namespace {

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

Log::Log(const settings::Section& host)
    : logger_(std::make_shared<spdlog::logger>("ajourd", make_sink(host))) {
    logger_->set_pattern("%Y-%m-%dT%H:%M:%S.%e%z %-7l %v");
    logger_->flush_on(spdlog::level::info);
    take_level(host);
}

void Log::write(sdk::LogLevel level, std::string_view part, std::string_view text) noexcept {
    logger_->log(level_of(level), "{}: {}", spdlog::string_view_t(part.data(), part.size()),
                 spdlog::string_view_t(text.data(), text.size()));
}

void Log::take_level(const settings::Section& host) {
    logger_->set_level(spdlog::level::from_str(host.text("ajour.log.level")));
}

}  // namespace ajour::app
