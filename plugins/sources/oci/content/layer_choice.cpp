// SPDX-License-Identifier: Apache-2.0
#include "content/layer_choice.hpp"

#include "json/value.hpp"

#include <algorithm>
#include <array>

namespace ajour::oci {

using sdk::Error;
using sdk::ErrorKind;
using sdk::Result;

namespace {

constexpr std::size_t ListedBytes = 200;

bool is_tar_type(std::string_view media_type) {
    constexpr std::array endings = {".tar",    ".tar+gzip", ".tar+zstd", ".tar.gzip",
                                    ".tar.gz", ".tar.zstd", "/x-tar",    "/tar"};
    return std::any_of(endings.begin(), endings.end(),
                       [&](std::string_view ending) { return media_type.ends_with(ending); });
}

bool is_gzip_type(std::string_view media_type) {
    return media_type.ends_with("gzip") || media_type.ends_with(".gz");
}

bool is_encrypted(const Descriptor& layer) {
    return layer.media_type.ends_with("+encrypted");
}

const std::string& title_of(const Descriptor& layer) {
    return annotation(layer.annotations, "org.opencontainers.image.title");
}

/// The checksum of a tar header: all its bytes, those of the checksum itself counted as spaces.
bool has_tar_checksum(std::string_view header) {
    constexpr std::size_t at = 148, digits = 8;
    if (header.size() < TarBeginning) return false;
    unsigned sum = 0, said = 0;
    for (std::size_t i = 0; i < TarBeginning; ++i) {
        const bool own = i >= at && i < at + digits;
        sum += own ? ' ' : static_cast<unsigned char>(header[i]);
        if (own && header[i] >= '0' && header[i] <= '7') {
            said = said * 8 + static_cast<unsigned>(header[i] - '0');
        }
    }
    return said != 0 && sum == said;
}

std::string listed(const std::vector<Descriptor>& layers) {
    std::string text;
    for (const auto& layer : layers) {
        if (text.size() > ListedBytes) break;
        if (!text.empty()) text += ", ";
        text += layer.media_type;
        if (!title_of(layer).empty()) text += " \"" + title_of(layer) + '"';
    }
    return printable(text, ListedBytes);
}

/// The raw layers, and the rules by which one of them is preferred, the strongest first.
class Choice {
public:
    Choice(const std::vector<Descriptor>& layers, const std::vector<LayerKind>& kinds) {
        for (std::size_t i = 0; i < layers.size(); ++i) {
            if (kinds[i] == LayerKind::Raw) raw_.push_back(&layers[i]);
        }
    }

    const Descriptor* choose(const Wishes& wishes) const {
        if (const auto* found = titled(wishes.title)) return found;
        if (const auto* found = titled("firmware.bin")) return found;
        for (const auto& type : wishes.media_types) {
            if (const auto* found = typed(type)) return found;
        }
        if (const auto* found = typed("application/octet-stream")) return found;
        return raw_.size() == 1 ? raw_.front() : nullptr;
    }
    bool has_raw() const { return !raw_.empty(); }

private:
    template <typename Predicate>
    const Descriptor* first(Predicate holds) const {
        const auto found = std::find_if(raw_.begin(), raw_.end(), holds);
        return found == raw_.end() ? nullptr : *found;
    }
    const Descriptor* titled(std::string_view title) const {
        if (title.empty()) return nullptr;
        return first([&](const Descriptor* layer) { return title_of(*layer) == title; });
    }
    const Descriptor* typed(std::string_view type) const {
        return first([&](const Descriptor* layer) { return layer->media_type == type; });
    }

    std::vector<const Descriptor*> raw_;
};

}  // namespace

LayerKind kind_of(const Descriptor& layer) {
    if (!is_tar_type(layer.media_type)) return LayerKind::Raw;
    const auto& unpack = annotation(layer.annotations, "io.deis.oras.content.unpack");
    return title_of(layer).empty() || unpack == "true" ? LayerKind::Tar : LayerKind::Unclear;
}

bool begins_like_tar(std::string_view bytes, std::string_view media_type) {
    if (is_gzip_type(media_type)) return bytes.starts_with("\x1f\x8b");
    if (media_type.ends_with("zstd")) return bytes.starts_with("\x28\xb5\x2f\xfd");
    return has_tar_checksum(bytes);
}

Result<std::optional<Descriptor>> choose_layer(const std::vector<Descriptor>& layers,
                                               const std::vector<LayerKind>& kinds,
                                               const Wishes& wishes) {
    if (layers.empty()) return Error{ErrorKind::Mismatch, "the manifest names no layers"};
    if (std::any_of(layers.begin(), layers.end(), is_encrypted)) {
        return Error{ErrorKind::Refused, "its layers are encrypted: " + listed(layers)};
    }
    const Choice choice(layers, kinds);
    if (const auto* found = choice.choose(wishes)) return std::optional(*found);
    if (std::find(kinds.begin(), kinds.end(), LayerKind::Tar) != kinds.end()) {
        return std::optional<Descriptor>();
    }
    return Error{ErrorKind::Mismatch,
                 "which of " + std::to_string(layers.size()) +
                     " layers is the firmware is not clear: " + listed(layers)};
}

}  // namespace ajour::oci
