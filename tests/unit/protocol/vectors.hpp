// SPDX-License-Identifier: Apache-2.0
// Reads the lines of tests/vectors; their format is in tests/vectors/README.md.
#pragma once

#include <ajour/sdk/bytes.hpp>

#include "protocol/status.hpp"

#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace ajour::test {

struct Vector {
    std::string name;
    sdk::Bytes bytes;
    std::string meaning;

    bool is_rejected() const { return meaning.rfind("reject", 0) == 0; }

    /// What it means when it is accepted.
    std::string value() const {
        return meaning.rfind("optional ", 0) == 0 ? meaning.substr(9) : meaning;
    }
};

std::vector<Vector> load_vectors(const std::string& file);

/// The vectors whose name begins with `prefix`.
std::vector<Vector> load_vectors(const std::string& file, std::string_view prefix);

sdk::Bytes bytes_from_hex(std::string_view hex);
std::string hex(sdk::ByteView bytes);

/// `version=302e31 mtu=512 ...` as field and value.
std::map<std::string, std::string> fields_of(std::string_view meaning);

/// A status as the vectors write one.
std::string meaning_of(const protocol::Status& status);

}  // namespace ajour::test
