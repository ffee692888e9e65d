// SPDX-License-Identifier: Apache-2.0
// The names that transport http finds in the same certificate are those of openssl x509 -nameopt.
#include "certificate_name.hpp"

#include "support/shell.hpp"
#include "support/temp_directory.hpp"

#include <gtest/gtest.h>
#include <mbedtls/x509_crt.h>

#include <string>

namespace ajour::coap {
namespace {

/// The subject of a certificate, as we write it and as openssl does.
struct Names {
    explicit Names(const std::string& subject) {
        const support::TempDirectory directory;
        const auto file = (directory.path() / "crt").string();
        const auto made = support::run_shell(
            "export OPENSSL_CONF=/dev/null; openssl req -x509 -utf8 -newkey ec -pkeyopt "
            "ec_paramgen_curve:prime256v1 -nodes -keyout /dev/null -multivalue-rdn -days 2 -out " +
            file + " -subj \"" + subject + "\"");
        EXPECT_EQ(made.code, 0) << made.output;
        mbedtls_x509_crt certificate;
        mbedtls_x509_crt_init(&certificate);
        EXPECT_EQ(mbedtls_x509_crt_parse_file(&certificate, file.c_str()), 0);
        ours = name_text(certificate.subject);
        mbedtls_x509_crt_free(&certificate);
        openssl = support::run_shell("openssl x509 -noout -subject -in " + file +
                                     " -nameopt sep_comma_plus_space,sname,esc_2253,esc_ctrl,utf8")
                      .output;
    }
    std::string ours;
    std::string openssl;
};

TEST(CertificateName, is_written_as_openssl_writes_it) {
    if (!support::has_program("openssl")) GTEST_SKIP() << "there is no openssl";
    for (const auto* subject :
         {"/O=Acme/CN=dev", "/CN=dev", "/C=DE/ST=Berlin/L=Berlin/O=Acme, Inc./OU=a+b/CN= dev ",
          "/O=Acme/CN=dev+OU=lab", "/CN=Ger\xc3\xa4t \xc3\x84",
          "/CN=#1;<2>/emailAddress=a@b.example"}) {
        const Names names(subject);
        EXPECT_EQ("subject=" + names.ours + "\n", names.openssl) << subject;
    }
}

}  // namespace
}  // namespace ajour::coap
