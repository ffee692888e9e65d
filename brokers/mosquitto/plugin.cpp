// SPDX-License-Identifier: Apache-2.0
// What mosquitto calls. All of it by its one thread; no exception leaves it.
#include "admission.hpp"

#include <curl/curl.h>
#include <mosquitto.h>
#include <mosquitto_broker.h>
#include <mosquitto_plugin.h>

#include <algorithm>
#include <exception>
#include <memory>
#include <vector>

namespace {

using ajour::broker::Admission;
using ajour::broker::NameAndValue;
using ajour::broker::Options;
using ajour::broker::Verdict;

constexpr int plugin_version = 5;

struct Plugin {
    Plugin(mosquitto_plugin_id_t* given, const Options& options)
        : id(given), admission(options, [](bool works, const std::string& text) {
              mosquitto_log_printf(works ? MOSQ_LOG_NOTICE : MOSQ_LOG_WARNING, "ajour: %s",
                                   text.c_str());
          }) {}

    mosquitto_plugin_id_t* id;
    Admission admission;
};

std::string_view view(const char* text) {
    return text == nullptr ? std::string_view() : std::string_view(text);
}

int code_of(Verdict verdict) {
    switch (verdict) {
        case Verdict::Allow:
            return MOSQ_ERR_SUCCESS;
        case Verdict::Defer:
            return MOSQ_ERR_PLUGIN_DEFER;
        case Verdict::Deny:
            break;
    }
    return MOSQ_ERR_AUTH;
}

int on_login(int, void* event, void* userdata) {
    try {
        const auto& asked = *static_cast<mosquitto_evt_basic_auth*>(event);
        return code_of(static_cast<Plugin*>(userdata)->admission.judge(
            {view(asked.username), view(asked.password),
             view(mosquitto_client_address(asked.client))}));
    } catch (const std::exception& thrown) {
        mosquitto_log_printf(MOSQ_LOG_ERR, "ajour: a login is refused: %s", thrown.what());
        return MOSQ_ERR_AUTH;
    }
}

std::string read(const mosquitto_opt* options, int count, Options& read) {
    std::vector<NameAndValue> lines;
    lines.reserve(static_cast<std::size_t>(count));
    for (int i = 0; i < count; ++i)
        lines.emplace_back(view(options[i].key), view(options[i].value));
    return ajour::broker::read_options(lines, read);
}

int start(mosquitto_plugin_id_t* id, const Options& options, void** userdata) {
    auto plugin = std::make_unique<Plugin>(id, options);
    const int registered =
        mosquitto_callback_register(id, MOSQ_EVT_BASIC_AUTH, on_login, nullptr, plugin.get());
    if (registered != MOSQ_ERR_SUCCESS) return registered;
    *userdata = plugin.release();
    return MOSQ_ERR_SUCCESS;
}

}  // namespace

extern "C" {

__attribute__((visibility("default"))) int mosquitto_plugin_version(int count,
                                                                    const int* supported) {
    const bool fits = std::find(supported, supported + count, plugin_version) != supported + count;
    return fits ? plugin_version : -1;
}

__attribute__((visibility("default"))) int mosquitto_plugin_init(mosquitto_plugin_id_t* id,
                                                                 void** userdata,
                                                                 mosquitto_opt* options,
                                                                 int count) {
    try {
        Options taken;
        const auto problem = read(options, count, taken);
        if (problem.empty()) {
            curl_global_init(CURL_GLOBAL_DEFAULT);
            return start(id, taken, userdata);
        }
        mosquitto_log_printf(MOSQ_LOG_ERR, "ajour: %s", problem.c_str());
        return MOSQ_ERR_INVAL;
    } catch (const std::exception& thrown) {
        mosquitto_log_printf(MOSQ_LOG_ERR, "ajour: %s", thrown.what());
        return MOSQ_ERR_UNKNOWN;
    }
}

__attribute__((visibility("default"))) int mosquitto_plugin_cleanup(void* userdata, mosquitto_opt*,
                                                                    int) {
    const std::unique_ptr<Plugin> plugin(static_cast<Plugin*>(userdata));
    if (plugin) mosquitto_callback_unregister(plugin->id, MOSQ_EVT_BASIC_AUTH, on_login, nullptr);
    return MOSQ_ERR_SUCCESS;
}

}  // extern "C"
