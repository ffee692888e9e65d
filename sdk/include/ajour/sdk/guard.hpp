// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <ajour/sdk/result.hpp>

#include <exception>
#include <new>
#include <utility>

namespace ajour::sdk {

/// Runs an author's function and turns whatever it throws into an Error, so that no exception
/// crosses the boundary. Inline, therefore compiled into the plugin. `call` returns a Result.
template <typename Call>
auto guarded(Call&& call) noexcept -> decltype(call()) {
    try {
        return std::forward<Call>(call)();
    } catch (const std::bad_alloc&) {
        return Error{ErrorKind::Full, {}};
    } catch (const std::exception& thrown) {
        try {
            return Error{ErrorKind::Internal, std::string("the plugin threw: ") + thrown.what()};
        } catch (...) {
            return Error{ErrorKind::Internal, {}};
        }
    } catch (...) {
        return Error{ErrorKind::Internal, {}};
    }
}

}  // namespace ajour::sdk
