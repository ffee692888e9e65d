// SPDX-License-Identifier: Apache-2.0
// Any bytes as the documents and blobs of an OCI repository: what is asked for one after the other
// is what stands between bytes 0xff, which JSON has none of. An error that fits on a screen, or a
// release in its bounds.
#include "content/digest.hpp"
#include "content/found_release.hpp"
#include "content/manifest.hpp"
#include "crypto/hash.hpp"

#include <cstdint>
#include <cstdlib>
#include <string>
#include <string_view>
#include <vector>

namespace {

using namespace ajour::oci;
using ajour::sdk::Error;
using ajour::sdk::ErrorKind;
using ajour::sdk::Result;

void require(bool holds) {
    if (!holds) std::abort();
}

/// Gives out the pieces of the input in their order, whatever it is asked for.
class InputRepository : public Repository {
public:
    explicit InputRepository(std::string_view input) : input_(input) {}

    std::string next() {
        const auto end = input_.find('\xff');
        const std::string piece(input_.substr(0, end));
        input_ = end == std::string_view::npos ? std::string_view() : input_.substr(end + 1);
        return piece;
    }
    Document document() {
        static const std::string types[] = {"", "application/vnd.oci.image.manifest.v1+json",
                                            "application/vnd.oci.image.index.v1+json",
                                            "application/vnd.oci.artifact.manifest.v1+json"};
        auto piece = next();
        const auto type = piece.empty() ? 0U : static_cast<unsigned char>(piece[0]) % 4U;
        if (!piece.empty()) piece.erase(0, 1);
        return {types[type], digest_text(hash_of(piece)), piece};
    }

    Result<Document> manifest(std::string_view) override {
        if (input_.empty()) return Error{ErrorKind::NotFound, "no more"};
        return document();
    }
    Result<std::string> digest_of(std::string_view) override { return next(); }
    Result<std::string> small_blob(const Descriptor& blob, std::size_t max) override {
        require(is_digest(blob.digest) && blob.size <= max);
        return next();
    }
    Result<void> blob(const Descriptor&, ajour::sdk::ByteSink& sink, std::uint64_t) override {
        return sink.write(ajour::sdk::bytes_of(next()));
    }
    Result<std::vector<std::string>> tags() override {
        return std::vector<std::string>{next(), next(), "1.0", "v2.0.0"};
    }
    Result<std::vector<Descriptor>> referrers(std::string_view) override {
        return std::vector<Descriptor>();
    }

private:
    std::string_view input_;
};

void require_sentence(const Error& error) {
    require(!error.text.empty() && error.text.size() <= 1024);
}

void require_bounds(const FoundRelease& found, const Wishes& wishes) {
    require(is_digest(found.manifest) && (found.index.empty() || is_digest(found.index)));
    require(!found.layers.empty() && found.layers.size() <= LayersMax);
    for (const auto& layer : found.layers) require(is_digest(layer.digest));
    if (found.in_files) return;
    require(!found.version.empty() && found.version.size() <= VersionBytes);
    const auto& firmware = found.firmware();
    require(firmware.size >= 1 && firmware.size <= wishes.limits.image_bytes);
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    InputRepository repository({reinterpret_cast<const char*>(data), size});
    Wishes wishes;
    wishes.platform = Platform{"linux", "arm", ""};
    const auto document = repository.document();
    const auto found = find_release(document, repository, wishes);
    if (!found) {
        require_sentence(found.error());
    } else {
        require_bounds(*found, wishes);
    }
    return 0;
}
