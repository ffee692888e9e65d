// SPDX-License-Identifier: Apache-2.0
#include "cli/release_files.hpp"

#include "cli/new_file.hpp"
#include "cli/publish.hpp"
#include "digest/sha256.hpp"
#include "json/json.hpp"

#include <algorithm>
#include <fstream>
#include <system_error>

namespace ajour::cli {

using sdk::Error;
using sdk::ErrorKind;
using sdk::Result;

namespace {

constexpr std::size_t longest_metadata = 64 * 1024;

Result<Json> read_metadata(const std::filesystem::path& path) {
    std::ifstream file(path, std::ios::binary);
    if (!file) return Error{ErrorKind::NotFound, "cannot read " + path.filename().string()};
    std::string text(longest_metadata + 1, '\0');
    file.read(text.data(), static_cast<std::streamsize>(text.size()));
    text.resize(static_cast<std::size_t>(file.gcount()));
    return json::parse(text, {.bytes = longest_metadata});
}

std::string problem_of(const std::filesystem::path& image, const ReleaseFile& release) {
    std::error_code failure;
    const auto size = std::filesystem::file_size(image, failure);
    if (failure) return image.filename().string() + ": " + failure.message();
    if (release.version.empty()) return "no version";
    if (!digest::parse_hex(release.checksum)) return "no SHA-256";
    if (size == release.size) return {};
    return image.filename().string() + " has " + std::to_string(size) + " bytes";
}

}  // namespace

ReleaseFile read_release(const std::filesystem::path& root, const std::string& name) {
    ReleaseFile release;
    release.name = name;
    const auto metadata = read_metadata(root / (name + ".json"));
    if (!metadata) {
        release.problem = metadata.error().text;
        return release;
    }
    release.version = json::text(*metadata, "version");
    release.checksum = json::text(*metadata, "checksum");
    release.size = json::number(*metadata, "size").value_or(0);
    release.problem = problem_of(root / (name + ".bin"), release);
    return release;
}

Result<std::vector<ReleaseFile>> list_releases(const std::filesystem::path& root) {
    std::vector<ReleaseFile> releases;
    std::error_code failure;
    if (!std::filesystem::exists(root, failure)) return releases;
    std::filesystem::directory_iterator entry(root, failure);
    for (; !failure && entry != std::filesystem::directory_iterator(); entry.increment(failure)) {
        const auto& file = entry->path();
        if (file.extension() != ".json" || !is_release_name(file.stem().string())) continue;
        releases.push_back(read_release(root, file.stem().string()));
    }
    if (failure) return Error{ErrorKind::Unavailable, root.string() + ": " + failure.message()};
    std::sort(releases.begin(), releases.end(),
              [](const auto& left, const auto& right) { return left.name < right.name; });
    return releases;
}

Result<void> remove_release(const std::filesystem::path& root, const std::string& name) {
    const auto lock = DirectoryLock::take(root);
    if (!lock) return lock.error();
    for (const auto* ending : {".json", ".bin"}) {
        std::error_code failure;
        std::filesystem::remove(root / (name + ending), failure);
        if (failure)
            return Error{ErrorKind::Unavailable,
                         "removing " + name + ending + ": " + failure.message()};
    }
    return lock->sync();
}

}  // namespace ajour::cli
