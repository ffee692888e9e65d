// SPDX-License-Identifier: Apache-2.0
#include "certificates/certificates.hpp"

#include "digest/base64.hpp"
#include "support/shell.hpp"
#include "support/temp_directory.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <fstream>
#include <iterator>

namespace ajour::certificates {
namespace {

using namespace std::chrono_literals;
using sdk::ErrorKind;
using support::run_shell;
using testing::HasSubstr;

/// A root, an authority below it, and what that issued, by openssl.
struct CertificatesTest : testing::Test {
    static void SetUpTestSuite() {
        directory = std::make_unique<support::TempDirectory>();
        const auto made = run_shell(
            "cd " + directory->path().string() +
            " && export OPENSSL_CONF=/dev/null && "
            "key() { openssl ecparam -name prime256v1 -genkey -noout -out $1.key; } && "
            "root() { key $1 && openssl req -x509 -new -key $1.key -subj \"$2\" -days 4 -out "
            "$1.pem "
            "-addext basicConstraints=critical,CA:TRUE; } && "
            "root root /O=Acme/CN=Root && root impostor /O=Acme/CN=Lamps && "
            "echo basicConstraints=critical,CA:TRUE > ca.ext && "
            "echo extendedKeyUsage=clientAuth > client.ext && "
            "echo extendedKeyUsage=serverAuth > server.ext && "
            "issue() { key $1 && openssl req -new -utf8 -key $1.key -subj \"$2\" -out $1.csr && "
            "openssl x509 -req -in $1.csr -CA $3.pem -CAkey $3.key -CAcreateserial -days 2 "
            "-extfile $4.ext -out $1.pem && openssl x509 -in $1.pem -outform der -out $1.der; } && "
            "issue lamps /O=Acme/CN=Lamps root ca && issue lamp /O=Acme/CN=lamp-1 lamps client && "
            "issue server /CN=server lamps server && issue forged /CN=lamp-2 lamp client && "
            "issue two \"/CN=one/CN=two\" lamps client && issue odd \"/O=A, B/CN=x=y;z\" lamps "
            "client");
        ASSERT_EQ(made.code, 0) << made.output;
    }
    static void TearDownTestSuite() { directory.reset(); }

    static std::string content(const std::string& name) {
        std::ifstream input(directory->path() / name, std::ios::binary);
        return {std::istreambuf_iterator<char>(input), {}};
    }

    /// One behind the other.
    static std::string chain(std::initializer_list<std::string> names) {
        std::string all;
        for (const auto& name : names) all += content(name + ".der");
        return all;
    }

    static sdk::Result<Time> verified(const std::string& shown, std::vector<std::string> anchors,
                                      std::chrono::seconds later = 1h) {
        const auto now = std::chrono::floor<std::chrono::seconds>(std::chrono::system_clock::now());
        return verify(sdk::bytes_of(shown), anchors, now + later);
    }

    static void expect_refused(const sdk::Result<Time>& result, const std::string& reason) {
        ASSERT_FALSE(result.ok());
        EXPECT_EQ(result.error().kind, ErrorKind::Refused);
        EXPECT_THAT(result.error().text, HasSubstr(reason));
    }

    static std::unique_ptr<support::TempDirectory> directory;
};
std::unique_ptr<support::TempDirectory> CertificatesTest::directory;

TEST_F(CertificatesTest, tell_whom_they_name) {
    const auto names = names_of(sdk::bytes_of(chain({"lamp", "lamps"})));
    ASSERT_TRUE(names);
    EXPECT_EQ(names->issuer, "O=Acme, CN=Lamps");
    EXPECT_EQ(names->subject, "O=Acme, CN=lamp-1");
    EXPECT_EQ(names->common_name, "lamp-1");
    EXPECT_EQ(names_of(sdk::bytes_of(chain({"two"})))->common_name, "") << "which of both?";
    const auto odd = names_of(sdk::bytes_of(chain({"odd"})));
    EXPECT_EQ(odd->subject, "O=A\\, B, CN=x=y\\;z");
    EXPECT_EQ(odd->common_name, "x=y;z");
}

TEST_F(CertificatesTest, are_read_whole_or_not_at_all) {
    const auto lamp = chain({"lamp"});
    for (const std::string& wrong : {std::string(), std::string("x"), lamp + "x", lamp.substr(1),
                                     lamp.substr(0, lamp.size() - 1), std::string(9000, '0')}) {
        const auto names = names_of(sdk::bytes_of(wrong));
        ASSERT_FALSE(names.ok()) << wrong.size();
        EXPECT_EQ(names.error().kind, ErrorKind::Malformed);
        EXPECT_FALSE(verified(wrong, {content("lamps.pem")}).ok());
    }
    std::string many;
    while (many.size() + lamp.size() <= chain_bytes_max) many += lamp;
    EXPECT_FALSE(names_of(sdk::bytes_of(many)).ok());
}

TEST_F(CertificatesTest, of_authorities_are_pem_or_its_base64) {
    const auto pem = content("lamps.pem") + content("root.pem");
    const auto names = names_in(pem);
    ASSERT_TRUE(names);
    ASSERT_EQ(names->size(), 2U);
    EXPECT_EQ(names->front().subject, "O=Acme, CN=Lamps");
    EXPECT_EQ(names_in(digest::encode_base64(sdk::bytes_of(pem)))->size(), 2U);
    for (const std::string& wrong :
         {std::string(), std::string("AAAA"), std::string("no PEM"), content("lamp.key"),
          content("lamps.der"),
          pem + "-----BEGIN CERTIFICATE-----\nAAAA\n-----END CERTIFICATE-----"}) {
        EXPECT_FALSE(names_in(wrong).ok()) << wrong.substr(0, 20);
    }
}

TEST_F(CertificatesTest, are_good_when_an_anchor_issued_them) {
    const auto end = verified(chain({"lamp"}), {content("lamps.pem")});
    ASSERT_TRUE(end) << end.error().text;
    const auto left = *end - std::chrono::system_clock::now();
    EXPECT_GT(left, 47h);
    EXPECT_LT(left, 49h);
    EXPECT_TRUE(verified(chain({"lamp", "lamps"}), {content("root.pem")}));
    EXPECT_TRUE(
        verified(chain({"lamp"}), {"nonsense", content("impostor.pem"), content("lamps.pem")}));
}

TEST_F(CertificatesTest, are_refused_when_no_anchor_vouches_for_them) {
    expect_refused(verified(chain({"lamp"}), {}), "issuer");
    expect_refused(verified(chain({"lamp"}), {content("root.pem")}), "issuer");
    expect_refused(verified(chain({"lamp", "lamps"}), {"nonsense"}), "issuer");
    expect_refused(verified(chain({"lamp"}), {content("impostor.pem")}), "not good");
}

TEST_F(CertificatesTest, are_refused_before_and_after_their_time) {
    expect_refused(verified(chain({"lamp"}), {content("lamps.pem")}, 49h), "expired");
    expect_refused(verified(chain({"lamp"}), {content("lamps.pem")}, -2h), "not yet valid");
}

TEST_F(CertificatesTest, are_refused_for_what_they_were_not_made_for) {
    expect_refused(verified(chain({"server"}), {content("lamps.pem")}), "purpose");
    expect_refused(verified(chain({"forged", "lamp"}), {content("lamps.pem")}), "not good");
    expect_refused(verified(chain({"forged", "lamp"}), {content("root.pem")}), "not good");
}

}  // namespace
}  // namespace ajour::certificates
