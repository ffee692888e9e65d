// SPDX-License-Identifier: Apache-2.0
#include "content/small_content.hpp"

#include "content/digest.hpp"
#include "crypto/hash.hpp"

namespace ajour::oci {

using sdk::Error;
using sdk::ErrorKind;
using sdk::Result;

namespace {

/// Ends the stream when it has enough.
class BeginningSink : public sdk::ByteSink {
public:
    explicit BeginningSink(std::size_t wanted) : wanted_(wanted) {}

    Result<void> write(sdk::ByteView bytes) noexcept override {
        bytes_.append(sdk::text_of(bytes).substr(0, wanted_ - bytes_.size()));
        if (bytes_.size() < wanted_) return {};
        return Error{ErrorKind::Full, "enough"};
    }
    bool has_enough() const { return bytes_.size() == wanted_; }
    std::string take() { return std::move(bytes_); }

private:
    std::size_t wanted_;
    std::string bytes_;
};

}  // namespace

Result<std::string> small_content(Repository& repository, const Descriptor& blob, std::size_t max) {
    if (blob.size > max) {
        return Error{ErrorKind::Full, "the blob has " + std::to_string(blob.size) +
                                          " bytes, at most " + std::to_string(max)};
    }
    if (blob.data && blob.data->size() == blob.size &&
        digest_text(hash_of(*blob.data)) == blob.digest) {
        return *blob.data;
    }
    return repository.small_blob(blob, max);
}

Result<std::string> beginning_of(Repository& repository, const Descriptor& blob,
                                 std::size_t wanted) {
    BeginningSink sink(wanted);
    const auto read = repository.blob(blob, sink, 0);
    if (!read && !sink.has_enough()) return read.error();
    return sink.take();
}

}  // namespace ajour::oci
