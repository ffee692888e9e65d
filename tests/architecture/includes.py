#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""Who may include whom, and through which door each library is reached. The two tables are the rules."""
import re

from source_tree import ROOT, finish, includes, sources

# A folder of core, and the folders of core that it may include besides itself and the SDK.
CORE = {
    # pure: values in, values out
    "protocol": {"json"},
    "update": set(),
    # doors: each owns one library or one resource
    "json": set(),
    "digest": set(),
    "certificates": {"digest"},
    "metrics": set(),
    "work": set(),
    "settings": set(),
    "store": {"certificates", "digest", "json"},
    "plugin_host": {"metrics", "settings"},
    "firmware": {"digest", "metrics", "update", "work"},
    "fleet": {"certificates", "digest", "firmware", "json", "metrics", "update", "work"},
    # shells: may wait, log, lock
    "exchange": {"digest", "firmware", "fleet", "json", "metrics", "protocol", "update", "work"},
    "builds": {"json", "metrics", "plugin_host", "work"},
    "admin": {"digest", "json", "store", "work"},
    # programs: the only ones that know concrete classes
    "cli": {"admin", "certificates", "digest", "json", "metrics", "plugin_host", "settings"},
    "app": {"admin", "builds", "digest", "exchange", "firmware", "fleet", "json", "metrics",
            "plugin_host", "protocol", "settings", "store", "update", "work"},
}

# A library, and the folders in which alone it may be included. Tests may include anything.
DOORS = {
    r"cbor\.h|cbor/": {"core/protocol"},
    r"sqlite3\.h": {"core/store", "plugins/sqlite_file"},
    r"nlohmann/": {"core/json", "plugins/drogue_access", "plugins/registries/drogue", "plugins/sources/file",
                 "plugins/sources/hawkbit", "plugins/sources/oci/json", "plugins/transports/drogue",
                 "plugins/transports/lorawan", "sdk/example"},
    r"boost/dll": {"core/plugin_host"},
    r"boost/(asio|beast|intrusive)": {"plugins/transports/drogue", "plugins/transports/http"},
    r"mosquitto\.h|mqtt_protocol\.h": {"brokers/mosquitto", "mcu/ports/posix", "plugins/transports/mqtt_client"},
    r"mosquitto_(broker|plugin)\.h": {"brokers/mosquitto"},
    r"spdlog/": {"core/app"},
    r"Poco/Util/": {"core/app", "core/settings"},
    r"Poco/": {"core/admin", "core/app"},
    r"openssl/": {"brokers/mosquitto", "core/certificates", "core/digest", "mcu/ports/posix",
                  "plugins/sources/hawkbit", "plugins/sources/oci/crypto", "plugins/transports/http", "sdk/testing"},
    r"archive(_entry)?\.h$": {"plugins/sources/oci/archive"},
    r"zstd(_errors)?\.h$": {"plugins/sources/oci/archive"},
    r"sodium\.h": {"plugins/sources/oci/crypto"},
    r"curl/": {"brokers/mosquitto", "mcu/ports/posix", "plugins/http_client"},
    r"mbedtls/": {"plugins/transports/coap"},
    r"crypt\.h": {"core/digest"},
    r"CLI/": {"core/cli"},
    r"gtest/|gmock/": {"sdk/testing"},
}

STANDARD_LIBRARY = re.compile(r"^[a-z_0-9]+$|^(stdint|stddef|string|stdbool)\.h$")


def core_problems(path, quoted, name):
    own = path.split("/")[1]
    if own not in CORE:
        return f"core/{own} is not in the table of includes.py"
    folder = name.split("/")[0]
    if quoted and (folder not in CORE or "/" not in name):
        return f'write "{own}/{name}": includes in core begin at core/'
    if quoted and folder != own and folder not in CORE[own]:
        return f"core/{own} may not include core/{folder}"
    return None


def sdk_problems(path, quoted, name):
    if path.startswith(("sdk/testing", "sdk/example")):
        return None
    allowed = name.startswith("ajour/sdk/") or STANDARD_LIBRARY.match(name)
    return None if allowed and not quoted else "the SDK knows the standard library and itself only"


# Who may use the library that asks HTTP servers, and what of it.
HTTP_CLIENT_USERS = re.compile(r"plugins/(drogue_access|sources|registries|builders|transports)/")
HTTP_CLIENT = {"http_client/base_url.hpp", "http_client/client.hpp", "http_client/message.hpp"}

# Who may use the library that logs in at a Drogue Cloud, and what of it.
DROGUE_ACCESS_USERS = re.compile(r"plugins/(registries|transports)/drogue/")
DROGUE_ACCESS = {f"drogue_access/{name}.hpp" for name in ("access", "credentials", "endpoints", "refusal",
                                                       "token_reload")}

# Who may use the library that keeps tables in a file, and what of it.
SQLITE_FILE_USERS = re.compile(r"plugins/(sources|registries|builders|transports)/")
SQLITE_FILE = {"sqlite_file/database.hpp"}


def plugin_problems(path, quoted, name):
    if quoted and name in HTTP_CLIENT and HTTP_CLIENT_USERS.match(path):
        return None
    if quoted and name in DROGUE_ACCESS and DROGUE_ACCESS_USERS.match(path):
        return None
    if quoted and name in SQLITE_FILE and SQLITE_FILE_USERS.match(path):
        return None
    own = ROOT.joinpath(*path.split("/")[:3])
    if quoted and ("/" in name and not name.startswith("ajour/") and not (own / name).exists()):
        return "a plugin includes the SDK, its own folder and its own library only"
    return None


def broker_problems(path, quoted, name):
    if quoted and "/" in name or name.startswith("ajour/"):
        return "what a broker loads knows its own folder and its libraries only"
    return None


def mcu_problems(path, quoted, name):
    if path.startswith("mcu/src") or path.startswith("mcu/include"):
        if not (quoted or name.startswith("ajour/") or STANDARD_LIBRARY.match(name)):
            return "the runtime knows nothing but the C11 library's types"
    elif name.startswith("ajour/sdk/"):
        return "mcu/ knows nothing of the rest"
    return None


RULES = {"core": core_problems, "sdk": sdk_problems, "plugins": plugin_problems, "brokers": broker_problems, "mcu": mcu_problems}


def door_problem(path, name):
    for library, doors in DOORS.items():
        if re.match(library, name):
            if any(path.startswith(door + "/") for door in doors):
                return None
            return f"<{name}> belongs behind {', '.join(sorted(doors))}"
    return None


def problems_of(path):
    for quoted, name in includes(path):
        problem = RULES[path.split("/")[0]](path, quoted, name)
        if problem is None and not quoted:
            problem = door_problem(path, name)
        if problem is not None:
            yield f"{path}: #include of {name}: {problem}"


finish([problem for path in sources(*RULES) for problem in problems_of(path)])
