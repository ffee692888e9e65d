// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <ajour/sdk/guard.hpp>
#include <ajour/sdk/result.hpp>
#include <ajour/sdk/settings.hpp>

#include <atomic>
#include <chrono>
#include <cstdint>
#include <filesystem>
#include <map>
#include <string>
#include <string_view>
#include <vector>

namespace ajour::sdk {

enum class LogLevel : std::uint8_t { Debug, Info, Warning, Error };

/// A metric that only grows (Counter) or moves both ways (Gauge). Made by the host, lives as long
/// as it. [any]
class Metric {
public:
    void add(std::int64_t by = 1) noexcept { value_.fetch_add(by, std::memory_order_relaxed); }
    void set(std::int64_t value) noexcept { value_.store(value, std::memory_order_relaxed); }
    std::int64_t value() const noexcept { return value_.load(std::memory_order_relaxed); }

private:
    std::atomic<std::int64_t> value_{0};
};

/// What the host offers to one plugin. Outlives the plugin's object.
class Host {
public:
    virtual ~Host() = default;

    /// The plugin's own settings; valid as long as the host. [any]
    virtual const Settings& settings() const noexcept = 0;

    /// Writes one line to the host's log under the plugin's name. Repeated lines are thinned out.
    /// Never put a secret into it. [any]
    virtual void log(LogLevel level, std::string_view text) noexcept = 0;

    /// The counter of that name, made at the first call; shown at /metrics as
    /// ajour_<kind>_<plugin>_<name>_total. Names are [a-z0-9_]. `help` is one sentence that says
    /// what is counted, shown beside it (Prometheus text format 0.0.4, HELP). Keep the reference:
    /// the look-up locks. [any]
    virtual Metric& counter(std::string_view name, std::string_view help) = 0;

    /// The same for a value that goes up and down; shown without _total. [any]
    virtual Metric& gauge(std::string_view name, std::string_view help) = 0;

    /// A directory of the plugin's own that survives restarts; it exists, with mode 0700. [any]
    virtual const std::filesystem::path& state_directory() const noexcept = 0;

    /// For sources: what this one said of its targets may be old news. It is asked again for each
    /// that the host remembers, now instead of when the answer's time is over. [any]
    virtual void resolve_again() noexcept = 0;

    /// Why the plugin cannot do its work now, in a sentence without secrets, as "no connection to
    /// the broker a:1883"; empty when it can. /readyz shows the last one. A plugin that never calls
    /// is ready. [any]
    virtual void set_trouble(std::string_view sentence) noexcept = 0;
};

/// Work that comes back, as the host calls it; nothing here throws. Authors derive from Periodic.
class PeriodicPort {
public:
    virtual ~PeriodicPort() = default;
    virtual std::chrono::milliseconds try_interval() noexcept = 0;
    [[nodiscard]] virtual Result<void> try_tend() noexcept = 0;
};

/// Optional, any kind: an outbox to drain, a list to refresh. What its methods throw becomes an
/// Error.
class Periodic : public PeriodicPort {
public:
    static constexpr std::chrono::milliseconds interval_after_throw{60'000};

    /// Time from the end of one `tend` to the start of the next; asked again after each. [worker]
    virtual std::chrono::milliseconds interval() = 0;

    /// Does a piece of the work and returns soon. Never two at once for one plugin, and none after
    /// `stop`. An Error is logged. [worker]
    virtual Result<void> tend() = 0;

    std::chrono::milliseconds try_interval() noexcept final {
        const auto asked =
            guarded([&]() -> Result<std::chrono::milliseconds> { return interval(); });
        return asked ? *asked : interval_after_throw;
    }
    Result<void> try_tend() noexcept final {
        return guarded([&] { return tend(); });
    }
};

/// What takes over settings while it runs, as the host calls it; nothing here throws. Authors
/// derive from Reloadable.
class ReloadablePort {
public:
    virtual ~ReloadablePort() = default;
    [[nodiscard]] virtual Result<std::vector<std::string>> try_reload(
        const Settings& settings) noexcept = 0;
};

/// Optional, any kind: takes over what it can of settings that were read again. What `reload`
/// throws becomes an Error.
class Reloadable : public ReloadablePort {
public:
    /// The operator asked for it (SIGHUP), and the settings are right: an object of the plugin was
    /// made of them to try. They are valid during the call only. Files that they name are read
    /// again, also when no setting changed. Gives the keys whose values count from now on; the host
    /// logs that each other one that changed takes a restart. An Error is logged, and everything
    /// must be as before. Between `start` and `stop`, never two at once; does not wait. [main]
    virtual Result<std::vector<std::string>> reload(const Settings& settings) = 0;

    Result<std::vector<std::string>> try_reload(const Settings& settings) noexcept final {
        return guarded([&] { return reload(settings); });
    }
};

/// A request that an outside service sends to be told news, as a webhook.
struct HookRequest {
    std::string_view path;                       ///< what follows /api/ajour/v1/hooks/<plugin>
    std::map<std::string, std::string> headers;  ///< names in lower case
    std::string_view body;                       ///< at most 1 MiB; valid during the call only
};

/// A taker of webhooks, as the host calls it; nothing here throws. Authors derive from Hook.
class HookPort {
public:
    virtual ~HookPort() = default;
    [[nodiscard]] virtual Result<std::string> try_word() noexcept = 0;
    [[nodiscard]] virtual Result<void> try_receive(const HookRequest& request) noexcept = 0;
};

/// Optional, any kind: takes webhooks. The plugin checks signatures; the host only bounds and
/// routes. What `receive` throws becomes an Error.
class Hook : public HookPort {
public:
    /// Another word than the plugin's name under /api/ajour/v1/hooks/ that leads here too; empty:
    /// none. [worker]
    virtual std::string word() { return {}; }

    /// Refused answers 403, Malformed 400, NotFound 404, success 204. [worker]
    virtual Result<void> receive(const HookRequest& request) = 0;

    Result<std::string> try_word() noexcept final {
        return guarded([&]() -> Result<std::string> { return word(); });
    }
    Result<void> try_receive(const HookRequest& request) noexcept final {
        return guarded([&] { return receive(request); });
    }
};

}  // namespace ajour::sdk
