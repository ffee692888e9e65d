// SPDX-License-Identifier: Apache-2.0
// The query language of lists: `region=eu,!retired,stage in (canary,beta)`. Knows no rows.
#pragma once

#include <ajour/sdk/result.hpp>

#include "json/json.hpp"

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace ajour::store {

/// One demand. As in Drogue Cloud, an object without the label fulfils neither `k!=v` nor `k notin
/// (v)`.
struct LabelDemand {
    enum class Kind : std::uint8_t { Present, Absent, AnyOf, NoneOf };
    Kind kind = Kind::Present;
    std::string label;
    std::vector<std::string> values;
};

/// All demands must be fulfilled. Empty text gives none.
class LabelSelector {
public:
    /// Malformed: what could not be read, and where.
    static sdk::Result<LabelSelector> parse(std::string_view text);

    bool empty() const noexcept { return demands_.empty(); }
    /// `labels` is an object of texts.
    bool matches(const Json& labels) const;

private:
    std::vector<LabelDemand> demands_;
};

}  // namespace ajour::store
