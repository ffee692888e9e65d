// SPDX-License-Identifier: Apache-2.0
// Stands in for libFuzzer where it is not used: runs a target once with each file it is given, and
// with each file in each directory.
#include <algorithm>
#include <cstdint>
#include <cstdio>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <vector>

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size);

namespace {

namespace fs = std::filesystem;

std::vector<fs::path> files_of(const fs::path& given) {
    if (!fs::is_directory(given)) return {given};
    std::vector<fs::path> files;
    for (const auto& entry : fs::directory_iterator(given)) {
        if (entry.is_regular_file()) files.push_back(entry.path());
    }
    std::sort(files.begin(), files.end());
    return files;
}

bool run(const fs::path& file) {
    std::ifstream in(file, std::ios::binary);
    // A copy of exactly the input's size, so that a sanitizer sees any look beyond it.
    const std::vector<char> read{std::istreambuf_iterator<char>(in), {}};
    if (!in.good() && !in.eof()) {
        std::fprintf(stderr, "cannot read %s\n", file.c_str());
        return false;
    }
    const std::vector<std::uint8_t> input(read.begin(), read.end());
    std::fprintf(stderr, "%s\n", file.filename().c_str());  // names the culprit of a crash
    LLVMFuzzerTestOneInput(input.data(), input.size());
    return true;
}

}  // namespace

int main(int count, char** arguments) {
    std::size_t ran = 0;
    for (int i = 1; i < count; ++i) {
        for (const auto& file : files_of(arguments[i])) {
            if (!run(file)) return 1;
            ++ran;
        }
    }
    std::printf("%zu inputs replayed\n", ran);
    return ran == 0 ? 1 : 0;
}
