// SPDX-License-Identifier: Apache-2.0
// A P-256 authority, the certificate of a server at localhost and a client's, made by openssl in a
// directory that goes away.
#pragma once

#include "support/shell.hpp"
#include "support/temp_directory.hpp"

#include <stdexcept>
#include <string>

namespace ajour::support {

/// The bytes of the certificate in a PEM file, by openssl.
inline std::string der_of(const std::string& file) {
    return run_shell("openssl x509 -outform der -in " + file).output;
}

struct Certificates {
    /// `client` is the subject of the client's certificate.
    explicit Certificates(const std::string& client = "/CN=client") {
        const auto made = run_shell(
            "cd " + directory.path().string() +
            " && export OPENSSL_CONF=/dev/null && "
            "key() { openssl ecparam -name prime256v1 -genkey -noout -out $1.key; } && "
            "key ca && openssl req -x509 -new -key ca.key -subj /CN=ca -days 2 -out ca.crt && "
            "leaf() { key $1 && openssl req -new -key $1.key -subj \"$2\" -out $1.csr && "
            "openssl x509 -req -in $1.csr -CA ca.crt -CAkey ca.key -CAcreateserial -days 2 "
            "-out $1.crt; } && leaf server /CN=localhost && leaf client \"" +
            client + "\"");
        if (made.code != 0) throw std::runtime_error(made.output);
    }

    /// The path of ca.crt, server.crt, server.key, client.crt or client.key.
    std::string file(const std::string& name) const { return (directory.path() / name).string(); }

    const TempDirectory directory;
};

}  // namespace ajour::support
