// SPDX-License-Identifier: Apache-2.0
#include "certificates/certificates.hpp"

#include "digest/base64.hpp"

#include <openssl/bio.h>
#include <openssl/err.h>
#include <openssl/pem.h>
#include <openssl/x509.h>
#include <openssl/x509_vfy.h>
#include <openssl/x509v3.h>

#include <algorithm>
#include <ctime>
#include <memory>
#include <optional>
#include <utility>

namespace ajour::certificates {

using sdk::Error;
using sdk::ErrorKind;
using sdk::Result;

namespace {

constexpr int strength = 1;  // 80 bits: neither SHA-1 nor RSA below 1024 bits

struct Free {
    void operator()(X509* each) const noexcept { X509_free(each); }
    void operator()(BIO* each) const noexcept { BIO_free(each); }
    void operator()(X509_STORE* each) const noexcept { X509_STORE_free(each); }
    void operator()(X509_STORE_CTX* each) const noexcept { X509_STORE_CTX_free(each); }
    /// Its certificates are somebody else's.
    void operator()(STACK_OF(X509) * each) const noexcept { sk_X509_free(each); }
};
using Certificate = std::unique_ptr<X509, Free>;
using Certificates = std::vector<Certificate>;
using Stack = std::unique_ptr<STACK_OF(X509), Free>;

/// What OpenSSL has to say stays in a queue of the thread's until it is taken away.
template <typename T>
T without_traces(T value) {
    ERR_clear_error();
    return value;
}

Error malformed(std::string text) {
    return {ErrorKind::Malformed, std::move(text)};
}

std::string text_of(const X509_NAME* name) {
    constexpr unsigned long format =
        XN_FLAG_SEP_CPLUS_SPC | XN_FLAG_FN_SN | (ASN1_STRFLGS_RFC2253 & ~ASN1_STRFLGS_ESC_MSB);
    const std::unique_ptr<BIO, Free> text(BIO_new(BIO_s_mem()));
    if (!text || X509_NAME_print_ex(text.get(), name, 0, format) < 0) return {};
    char* data = nullptr;
    const long length = BIO_get_mem_data(text.get(), &data);
    return {data, static_cast<std::size_t>(length)};
}

std::string common_name_of(const X509_NAME* name) {
    const int first = X509_NAME_get_index_by_NID(name, NID_commonName, -1);
    if (first < 0 || X509_NAME_get_index_by_NID(name, NID_commonName, first) >= 0) return {};
    unsigned char* utf8 = nullptr;
    const int length =
        ASN1_STRING_to_UTF8(&utf8, X509_NAME_ENTRY_get_data(X509_NAME_get_entry(name, first)));
    if (length < 0) return {};
    std::string text(reinterpret_cast<const char*>(utf8), static_cast<std::size_t>(length));
    OPENSSL_free(utf8);
    return text;
}

Names names_of(const X509* certificate) {
    const auto* subject = X509_get_subject_name(certificate);
    return {text_of(X509_get_issuer_name(certificate)), text_of(subject), common_name_of(subject)};
}

Result<Certificates> read_chain(sdk::ByteView chain) {
    if (chain.empty() || chain.size() > chain_bytes_max) {
        return malformed("a certificate chain of " + std::to_string(chain.size()) +
                         " bytes, expected 1 to " + std::to_string(chain_bytes_max));
    }
    Certificates read;
    const auto* at = chain.data();
    const auto* const end = at + chain.size();
    while (at != end && read.size() < chain_max) {
        Certificate next(d2i_X509(nullptr, &at, end - at));
        if (!next) return without_traces(malformed("a certificate that cannot be read"));
        read.push_back(std::move(next));
    }
    if (at != end) return malformed("more than " + std::to_string(chain_max) + " certificates");
    return read;
}

/// The PEM itself, out of what is perhaps its base64.
std::optional<std::string> pem_of(std::string_view text) {
    if (text.find("-----BEGIN") != text.npos) return std::string(text);
    const auto decoded = digest::decode_base64(text);
    if (!decoded) return std::nullopt;
    return std::string(decoded->begin(), decoded->end());
}

bool ended_without_fault(const Certificates& read) {
    const bool no_more = ERR_GET_REASON(ERR_peek_last_error()) == PEM_R_NO_START_LINE;
    return no_more && !read.empty();
}

Result<Certificates> read_anchors(std::string_view text) {
    const auto pem = pem_of(text);
    if (!pem) return malformed("neither PEM nor PEM in base64");
    const std::unique_ptr<BIO, Free> input(
        BIO_new_mem_buf(pem->data(), static_cast<int>(pem->size())));
    ERR_clear_error();
    Certificates read;
    while (auto* next = PEM_read_bio_X509(input.get(), nullptr, nullptr, nullptr)) {
        read.emplace_back(next);
        if (read.size() > anchors_max) return malformed("more than 16 certificates in one text");
    }
    if (!ended_without_fault(read)) {
        return without_traces(malformed("no certificate in PEM, or one that cannot be read"));
    }
    return without_traces(std::move(read));
}

using Store = std::unique_ptr<X509_STORE, Free>;

Store store_of(std::span<const std::string> anchors) {
    Store store(X509_STORE_new());
    for (const auto& text : anchors.first(std::min(anchors.size(), anchors_max))) {
        const auto read = read_anchors(text);
        if (!read || !store) continue;
        for (const auto& each : *read) X509_STORE_add_cert(store.get(), each.get());
    }
    return without_traces(std::move(store));
}

/// An intermediate authority may be an anchor.
void demand_of(X509_STORE_CTX* context, Time now) {
    auto* demands = X509_STORE_CTX_get0_param(context);
    X509_VERIFY_PARAM_set_time(demands, now.time_since_epoch().count());
    X509_VERIFY_PARAM_set_flags(demands, X509_V_FLAG_PARTIAL_CHAIN);
    X509_VERIFY_PARAM_set_purpose(demands, X509_PURPOSE_SSL_CLIENT);
    X509_VERIFY_PARAM_set_depth(demands, static_cast<int>(chain_max));
    X509_VERIFY_PARAM_set_auth_level(demands, strength);
}

Time end_of(const X509* certificate) {
    std::tm parts{};
    if (ASN1_TIME_to_tm(X509_get0_notAfter(certificate), &parts) != 1) return {};
    return Time(std::chrono::seconds(::timegm(&parts)));
}

/// The first to end of those that were needed.
Time end_of(const STACK_OF(X509) * chain) {
    auto end = Time::max();
    for (int i = 0; i < sk_X509_num(chain); ++i) {
        end = std::min(end, end_of(sk_X509_value(chain, i)));
    }
    return end;
}

}  // namespace

Result<Names> names_of(sdk::ByteView chain) {
    const auto read = read_chain(chain);
    if (!read) return read.error();
    return names_of(read->front().get());
}

Result<std::vector<Names>> names_in(std::string_view text) {
    const auto read = read_anchors(text);
    if (!read) return read.error();
    std::vector<Names> names;
    for (const auto& each : *read) names.push_back(names_of(each.get()));
    return names;
}

Result<Time> verify(sdk::ByteView chain, std::span<const std::string> anchors, Time now) {
    const auto read = read_chain(chain);
    if (!read) return read.error();
    const auto store = store_of(anchors);
    const Stack others(sk_X509_new_null());
    for (std::size_t i = 1; others && i < read->size(); ++i) {
        sk_X509_push(others.get(), (*read)[i].get());
    }
    const std::unique_ptr<X509_STORE_CTX, Free> context(X509_STORE_CTX_new());
    if (!store || !others || !context ||
        X509_STORE_CTX_init(context.get(), store.get(), read->front().get(), others.get()) != 1) {
        return without_traces(Error{ErrorKind::Internal, "OpenSSL verifies no certificate"});
    }
    demand_of(context.get(), now);
    if (X509_verify_cert(context.get()) == 1) {
        return without_traces(end_of(X509_STORE_CTX_get0_chain(context.get())));
    }
    const auto* reason = X509_verify_cert_error_string(X509_STORE_CTX_get_error(context.get()));
    return without_traces(
        Error{ErrorKind::Refused, std::string("a certificate that is not good: ") + reason});
}

}  // namespace ajour::certificates
