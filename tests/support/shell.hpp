// SPDX-License-Identifier: Apache-2.0
// Runs a command of the system's, bounded in time.
#pragma once

#include <sys/wait.h>

#include <cstdio>
#include <stdexcept>
#include <string>

namespace ajour::support {

struct ShellResult {
    int code = -1;
    std::string output;  ///< standard output and error
};

/// Runs a line of shell; ended after 90 s, then its code is 124.
inline ShellResult run_shell(const std::string& line) {
    const auto bounded = "exec 2>&1; timeout 90 sh -c '" + line + "'";
    std::FILE* pipe = ::popen(bounded.c_str(), "r");
    if (pipe == nullptr) throw std::runtime_error("popen failed");
    ShellResult result;
    char buffer[4096];
    for (std::size_t got = 0; (got = std::fread(buffer, 1, sizeof buffer, pipe)) > 0;) {
        result.output.append(buffer, got);
    }
    const int status = ::pclose(pipe);
    if (WIFEXITED(status)) result.code = WEXITSTATUS(status);
    return result;
}

/// Whether the system has a program.
inline bool has_program(const std::string& name) {
    return run_shell("command -v " + name).code == 0;
}

}  // namespace ajour::support
