// SPDX-License-Identifier: Apache-2.0
// The registry of a Drogue Cloud as far as a client can tell: objects whose every change makes
// another resourceVersion, 409 for an older one, 403 for a wrong credential, 404 for all that one
// may not see.
#pragma once

#include "support/scripted_http_server.hpp"

#include <nlohmann/json.hpp>

#include <functional>
#include <map>
#include <mutex>
#include <string>
#include <utility>

namespace ajour::support {

class DrogueCloud {
public:
    using Json = nlohmann::json;
    static constexpr auto credential = "Basic dXNlcjp0b2tlbg==";  // user:token

    void add_application(const std::string& name, const Json& spec = Json::object()) {
        add(name, "", {{"metadata", {{"name", name}}}, {"spec", spec}});
    }
    void add_device(const std::string& application, const std::string& name,
                    const Json& spec = Json::object()) {
        add(application, name,
            {{"metadata", {{"application", application}, {"name", name}}}, {"spec", spec}});
    }
    void remove(const std::string& application, const std::string& name) {
        const std::lock_guard lock(mutex_);
        objects_.erase({application, name});
    }
    /// As another client of the cloud's would.
    void change(const std::string& application, const std::string& name,
                const std::function<void(Json&)>& edit) {
        const std::lock_guard lock(mutex_);
        auto& object = objects_.at({application, name});
        edit(object);
        renew(object);
    }
    Json object(const std::string& application, const std::string& name) {
        const std::lock_guard lock(mutex_);
        return objects_.at({application, name});
    }
    /// Called before each request is answered; true: it answered itself.
    void intercept(std::function<bool(HttpTurn&)> interceptor) {
        const std::lock_guard lock(mutex_);
        interceptor_ = std::move(interceptor);
    }

    std::size_t count(const std::string& method, const std::string& path) const {
        std::size_t found = 0;
        for (const auto& request : server_.requests()) {
            found += request.method == method && request.path() == base + path ? 1 : 0;
        }
        return found;
    }
    std::size_t count() const { return server_.count(); }
    std::string url() const { return server_.origin(); }

private:
    using Key = std::pair<std::string, std::string>;
    static inline const std::string base = "/api/registry/v1alpha1/apps";

    void add(const std::string& application, const std::string& name, Json object) {
        const std::lock_guard lock(mutex_);
        object["metadata"]["uid"] = "uid-" + std::to_string(++version_);
        renew(object);
        objects_[{application, name}] = std::move(object);
    }
    void renew(Json& object) {
        object["metadata"]["resourceVersion"] = "version-" + std::to_string(++version_);
    }

    static Key key_of(std::string path) {
        path.erase(0, base.size() + 1);
        const auto slash = path.find('/');
        if (slash == std::string::npos) return {path, ""};
        const std::string devices = "/devices/";
        if (path.size() < slash + devices.size()) return {path.substr(0, slash), ""};
        return {path.substr(0, slash), path.substr(slash + devices.size())};
    }

    void answer(HttpTurn& turn) {
        std::unique_lock lock(mutex_);
        const auto interceptor = interceptor_;
        lock.unlock();
        if (interceptor && interceptor(turn)) return;
        lock.lock();
        if (turn.request.header("authorization") != credential) {
            return turn.answer(403, R"({"error":"Forbidden","message":"Forbidden"})");
        }
        if (turn.request.path().ends_with("/devices")) return list(turn);
        const auto found = objects_.find(key_of(turn.request.path()));
        if (found == objects_.end()) return turn.answer(404, R"({"error":"NotFound"})");
        if (turn.request.method == "GET") return turn.answer(200, found->second.dump());
        put(turn, found->second);
    }

    void put(HttpTurn& turn, Json& object) {
        auto sent = Json::parse(turn.request.body);
        if (sent["metadata"]["resourceVersion"] != object["metadata"]["resourceVersion"]) {
            return turn.answer(409, R"({"error":"Conflict","message":"Conflict"})");
        }
        if (sent != object) {
            object = std::move(sent);
            renew(object);
        }
        turn.answer(204);
    }

    static std::size_t number(const std::string& target, const std::string& name,
                              std::size_t otherwise) {
        const auto place = target.find(name + "=");
        return place == std::string::npos ? otherwise
                                          : std::stoul(target.substr(place + name.size() + 1));
    }

    void list(HttpTurn& turn) {
        const auto application = key_of(turn.request.path()).first;
        const auto limit = number(turn.request.target, "limit", 1'000'000);
        auto skip = number(turn.request.target, "offset", 0);
        auto found = Json::array();
        for (const auto& [key, object] : objects_) {
            if (key.first != application || key.second.empty()) continue;
            if (skip > 0) {
                --skip;
            } else if (found.size() < limit) {
                found.push_back(object);
            }
        }
        turn.answer(200, found.dump());
    }

    std::mutex mutex_;  // guards all below
    std::map<Key, Json> objects_;
    std::uint64_t version_ = 0;
    std::function<bool(HttpTurn&)> interceptor_;
    ScriptedHttpServer server_{[this](HttpTurn& turn) { answer(turn); }};
};

}  // namespace ajour::support
