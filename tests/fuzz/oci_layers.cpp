// SPDX-License-Identifier: Apache-2.0
// Any bytes as a layer of a container image: an error that fits on a screen, or files in their
// bounds.
#include "archive/layer_archive.hpp"
#include "content/file_search.hpp"
#include "content/metadata_file.hpp"

#include <sys/mman.h>
#include <unistd.h>

#include <cstdint>
#include <cstdlib>
#include <string>
#include <vector>

namespace {

using namespace ajour::oci;
using ajour::sdk::Error;
using ajour::sdk::ErrorKind;
using ajour::sdk::Result;

constexpr std::size_t FileBytes = 1U << 20;
constexpr std::uint64_t InflatedBytes = 32U << 20, Entries = 1000;

void require(bool holds) {
    if (!holds) std::abort();
}

class BoundedSink : public FileSink {
public:
    Result<void> write(ajour::sdk::ByteView bytes) noexcept override {
        if (bytes.size() > FileBytes - text.size()) return Error{ErrorKind::Full, "too much"};
        text += ajour::sdk::text_of(bytes);
        return {};
    }
    Result<void> restart() override {
        text.clear();
        return {};
    }
    std::string text;
};

int input_file(const std::uint8_t* data, std::size_t size) {
    static const int file = ::memfd_create("layer", MFD_CLOEXEC);
    require(file >= 0 && ::ftruncate(file, 0) == 0);
    require(::pwrite(file, data, size, 0) == static_cast<ssize_t>(size));
    return file;
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    InflateBudget budget{Entries, InflatedBytes, 200, 1U << 20};
    BoundedSink image, metadata;
    std::vector<WantedFile> wanted = {{"firmware.bin", &image, WantedFile::State::Open, {}},
                                      {"a/firmware.json", &metadata, WantedFile::State::Open, {}}};
    auto archive = LayerArchive::open(input_file(data, size), "/tmp", budget);
    if (!archive) {
        require(!archive.error().text.empty() && archive.error().text.size() <= 1024);
        return 0;
    }
    const auto searched = search_layer(*archive, "out", wanted);
    require(budget.entries <= Entries && budget.bytes <= InflatedBytes);
    if (!searched) {
        require(!searched.error().text.empty() && searched.error().text.size() <= 1024);
    } else if (wanted[1].state == WantedFile::State::Found) {
        (void)parse_metadata_file(metadata.text);
    }
    return 0;
}
