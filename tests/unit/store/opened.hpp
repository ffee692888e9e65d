// SPDX-License-Identifier: Apache-2.0
// A store in a directory of its own, and bodies for it.
#pragma once

#include "json/json.hpp"
#include "store/database.hpp"
#include "store/objects.hpp"
#include "support/temp_directory.hpp"

#include <gtest/gtest.h>

#include <memory>
#include <string>

namespace ajour::store {

struct Opened : testing::Test {
    static std::unique_ptr<Database> open(const std::filesystem::path& file) {
        auto opened = Database::open(file);
        if (!opened) throw std::runtime_error(opened.error().text);
        return *std::move(opened);
    }

    std::filesystem::path file() const { return directory.path() / "ajour.db"; }

    support::TempDirectory directory;
    std::unique_ptr<Database> database = open(directory.path() / "ajour.db");
    Objects objects{*database};
};

inline Json application_body(const std::string& name) {
    return {{"metadata", {{"name", name}}}};
}

inline Json device_body(const std::string& application, const std::string& name) {
    return {{"metadata", {{"application", application}, {"name", name}}}};
}

}  // namespace ajour::store
