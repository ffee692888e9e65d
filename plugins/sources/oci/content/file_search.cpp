// SPDX-License-Identifier: Apache-2.0
#include "content/file_search.hpp"

#include "content/layer_path.hpp"

#include <cstddef>
#include <utility>

namespace ajour::oci {

using sdk::Result;
using State = WantedFile::State;

namespace {

/// What one layer says of one wanted file. Whatever it has counts more than what it takes away,
/// whichever comes first in it.
struct Finding {
    bool found = false;
    bool hidden = false;
    std::string reason;
};

class LayerSearch {
public:
    LayerSearch(LayerArchive& layer, std::vector<WantedFile>& wanted)
        : layer_(layer), wanted_(wanted), findings_(wanted.size()) {}

    Result<void> look_at(const ArchiveEntry& entry, const std::string& path) {
        if (const auto whiteout = whiteout_of(path); whiteout.is) {
            take_away(whiteout);
            return {};
        }
        for (std::size_t i = 0; i < wanted_.size(); ++i) {
            if (wanted_[i].state != State::Open) continue;
            if (auto looked = compare(entry, path, i); !looked) return looked;
        }
        return {};
    }

    void settle() {
        for (std::size_t i = 0; i < wanted_.size(); ++i) {
            if (wanted_[i].state != State::Open) continue;
            if (findings_[i].found) {
                wanted_[i].state = State::Found;
            } else if (findings_[i].hidden) {
                wanted_[i].state = State::Gone;
                wanted_[i].reason = std::move(findings_[i].reason);
            }
        }
    }

private:
    void take_away(const Whiteout& whiteout) {
        for (std::size_t i = 0; i < wanted_.size(); ++i) {
            const auto& path = wanted_[i].path;
            if (lies_in(path, whiteout.path) || (!whiteout.opaque && path == whiteout.path)) {
                hide(i, "was deleted by a layer above");
            }
        }
    }
    void hide(std::size_t i, const char* reason) {
        findings_[i].hidden = true;
        findings_[i].reason = reason;
    }
    Result<void> compare(const ArchiveEntry& entry, const std::string& path, std::size_t i) {
        if (path == wanted_[i].path) {
            if (entry.kind == ArchiveEntry::Kind::File) return take(i);
            findings_[i].found = false;
            hide(i, "is no regular file, and links are not followed");
        } else if (entry.kind != ArchiveEntry::Kind::Directory && lies_in(wanted_[i].path, path)) {
            findings_[i].found = false;
            hide(i, "lies in something that is no directory");
        }
        return {};
    }
    Result<void> take(std::size_t i) {
        if (auto empty = wanted_[i].sink->restart(); !empty) return empty;
        findings_[i].found = true;
        return layer_.read(*wanted_[i].sink);
    }

    LayerArchive& layer_;
    std::vector<WantedFile>& wanted_;
    std::vector<Finding> findings_;
};

std::string without_prefix(std::string path, const std::string& prefix) {
    if (!prefix.empty() && lies_in(path, prefix)) path.erase(0, prefix.size() + 1);
    return path;
}

}  // namespace

Result<void> search_layer(LayerArchive& layer, const std::string& prefix,
                          std::vector<WantedFile>& wanted) {
    LayerSearch search(layer, wanted);
    for (;;) {
        const auto entry = layer.next();
        if (!entry) return entry.error();
        if (!*entry) break;
        auto path = path_in_image((*entry)->path);
        if (!path) return path.error();
        const auto inside = without_prefix(std::move(*path), prefix);
        if (inside.empty()) continue;
        if (auto looked = search.look_at(**entry, inside); !looked) return looked;
    }
    search.settle();
    return {};
}

}  // namespace ajour::oci
