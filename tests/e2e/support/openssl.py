# SPDX-License-Identifier: Apache-2.0
"""OpenSSL as a DTLS client with a pre-shared key: one handshake, and no more."""
import base64
import subprocess

from support.case import APPLICATION


def shakes_hands(port, device, key, application=APPLICATION):
    """Whether a handshake comes to a session. `key` is base64, as the registry has it."""
    done = subprocess.run(
        ["openssl", "s_client", "-dtls1_2", "-connect", f"127.0.0.1:{port}", "-cipher", "PSK-AES128-GCM-SHA256",
         "-psk_identity", f"{device}@{application}", "-psk", base64.b64decode(key).hex()],
        stdin=subprocess.DEVNULL, capture_output=True, text=True, timeout=60)
    return done.returncode == 0 and "Cipher is PSK" in done.stdout
