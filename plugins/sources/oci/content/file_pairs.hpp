// SPDX-License-Identifier: Apache-2.0
// The pairs of files of which one is the firmware of a container image, and where their bytes go.
#pragma once

#include <ajour/sdk/result.hpp>

#include "content/file_search.hpp"
#include "content/found_release.hpp"
#include "content/metadata_file.hpp"
#include "content/scratch_file.hpp"

#include <algorithm>
#include <filesystem>
#include <memory>
#include <string>
#include <utility>
#include <vector>

namespace ajour::oci {

/// A path that begins with that of an image.
inline std::filesystem::path beside(const std::filesystem::path& image, const std::string& ending) {
    auto path = image;
    path += ending;
    return path;
}

/// Keeps a metadata file in memory.
class MetadataSink : public FileSink {
public:
    sdk::Result<void> write(sdk::ByteView bytes) noexcept override {
        if (bytes.size() > MetadataBytes - text_.size()) {
            return sdk::Error{
                sdk::ErrorKind::Refused,
                "the metadata file has more than " + std::to_string(MetadataBytes) + " bytes"};
        }
        text_ += sdk::text_of(bytes);
        return {};
    }
    sdk::Result<void> restart() override {
        text_.clear();
        return {};
    }
    const std::string& text() const { return text_; }

private:
    std::string text_;
};

/// Keeps an image in a file beside the one that it may become.
class ImageSink : public FileSink {
public:
    ImageSink(std::filesystem::path path, std::uint64_t limit)
        : path_(std::move(path)), limit_(limit) {}

    sdk::Result<void> write(sdk::ByteView bytes) noexcept override { return file_->write(bytes); }
    sdk::Result<void> restart() override {
        if (file_) return file_->restart();
        auto made = ScratchFile::create(path_, limit_, "the firmware", sdk::ErrorKind::Refused);
        if (!made) return made.error();
        file_ = std::make_unique<ScratchFile>(std::move(*made));
        return {};
    }
    ScratchFile& file() { return *file_; }

private:
    std::filesystem::path path_;
    std::uint64_t limit_;
    std::unique_ptr<ScratchFile> file_;
};

/// The pairs of files that are looked for; each has two entries of `wanted`, the image's first.
class Pairs {
public:
    Pairs(const Wishes& wishes, const std::filesystem::path& image) {
        const auto largest = std::min<std::uint64_t>(wishes.limits.image_bytes, UINT32_MAX);
        for (const auto& pair : wishes.files) {
            const auto number = std::to_string(images_.size());
            images_.push_back(
                std::make_unique<ImageSink>(beside(image, ".new-" + number), largest));
            texts_.push_back(std::make_unique<MetadataSink>());
            wanted.push_back({pair.image, images_.back().get(), WantedFile::State::Open, {}});
            wanted.push_back({pair.metadata, texts_.back().get(), WantedFile::State::Open, {}});
        }
    }

    std::size_t count() const { return images_.size(); }
    bool is_found(std::size_t pair) const {
        return wanted[2 * pair].state == WantedFile::State::Found &&
               wanted[2 * pair + 1].state == WantedFile::State::Found;
    }
    /// Whether no layer further below can change which pair it will be.
    bool is_settled() const {
        for (std::size_t pair = 0; pair < count(); ++pair) {
            if (is_found(pair)) return true;
            if (wanted[2 * pair].state != WantedFile::State::Gone &&
                wanted[2 * pair + 1].state != WantedFile::State::Gone) {
                return false;
            }
        }
        return true;
    }
    ScratchFile& image(std::size_t pair) { return images_[pair]->file(); }
    const std::string& metadata(std::size_t pair) const { return texts_[pair]->text(); }

    std::vector<WantedFile> wanted;

private:
    std::vector<std::unique_ptr<ImageSink>> images_;
    std::vector<std::unique_ptr<MetadataSink>> texts_;
};

}  // namespace ajour::oci
