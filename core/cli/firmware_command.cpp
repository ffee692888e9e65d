// SPDX-License-Identifier: Apache-2.0
#include "cli/admin_api.hpp"
#include "cli/commands.hpp"
#include "cli/configuration.hpp"
#include "cli/output.hpp"
#include "cli/publish.hpp"
#include "cli/release_files.hpp"
#include "cli/withdrawn.hpp"
#include "digest/sha256.hpp"

#include <CLI/CLI.hpp>

namespace ajour::cli {

namespace {

constexpr std::size_t stock_version_bytes = 16;

settings::Section file_source(const Options& options) {
    return plugin_section(*inspect(options), {"source", "file"});
}

Json json_of(std::optional<bool> known) {
    return known ? Json(*known) : Json();
}

Json json_of(const sdk::Release& release, const std::string& name, std::optional<bool> withdrawn) {
    return {{"name", name},
            {"version", release.version},
            {"size", release.size},
            {"sha256", release.sha256.hex()},
            {"withdrawn", json_of(withdrawn)}};
}

void warn_of_version(const std::string& version) {
    if (version.size() <= stock_version_bytes) return;
    warn("warning: version '" + version + "' has " + std::to_string(version.size()) +
         " bytes; stock devices hold at most 16");
}

void warn_of_other_bytes(const ReleaseFile& before, const sdk::Release& release) {
    const auto digest = digest::parse_hex(before.checksum);
    if (!digest || *digest == release.sha256 || before.version != release.version) return;
    warn("warning: " + before.name + " " + before.version +
         " had other bytes before; devices that run these are in sync and stay with them");
}

std::optional<bool> warn_of_withdrawal(const Options& options, const sdk::Release& release) {
    const auto all = Withdrawn::ask(options);
    const auto withdrawn = all.contains(release.sha256.hex());
    if (!withdrawn) {
        warn("note: whether this image was withdrawn is not known: " + all.reason());
    } else if (*withdrawn) {
        warn(
            "warning: this image was withdrawn, no device gets it; `ajour firmware withdraw "
            "--undo " +
            release.sha256.hex() + "` lets it be served again");
    }
    return withdrawn;
}

void publish_file(const Options& options, Publication publication) {
    const auto source = file_source(options);
    publication.root = source.text("root");
    publication.largest = static_cast<std::uint64_t>(source.integer("image.max"));
    const auto before = is_release_name(publication.name)
                            ? read_release(publication.root, publication.name)
                            : ReleaseFile();
    const auto release = or_fail(publish(publication));
    warn_of_version(release.version);
    warn_of_other_bytes(before, release);
    const auto withdrawn = warn_of_withdrawal(options, release);
    if (options.json) return print_json(json_of(release, publication.name, withdrawn));
    print_line("published " + publication.name + " " + release.version + ": " +
               std::to_string(release.size) + " bytes, SHA-256 " + release.sha256.hex());
}

void list(const Options& options) {
    const auto releases = or_fail(list_releases(file_source(options).text("root")));
    const auto all = Withdrawn::ask(options);
    auto json = Json::array();
    std::vector<Row> rows;
    for (const auto& release : releases) {
        const auto digest = digest::parse_hex(release.checksum);
        const auto withdrawn = digest ? all.contains(digest->hex()) : std::nullopt;
        json.push_back({{"name", release.name},
                        {"version", release.version},
                        {"size", release.size},
                        {"sha256", release.checksum},
                        {"withdrawn", json_of(withdrawn)},
                        {"problem", release.problem}});
        rows.push_back({release.name, release.version, std::to_string(release.size),
                        release.checksum, word_of(withdrawn), release.problem});
    }
    if (options.json) return print_json(json);
    print_table({"NAME", "VERSION", "BYTES", "SHA-256", "WITHDRAWN", "PROBLEM"}, rows);
}

struct Withdrawal {
    std::string digest, name;
    bool undo = false;
};

std::string digest_by_name(const Options& options, const std::string& name) {
    if (!is_release_name(name)) throw Failure("'" + name + "' is no name of a release");
    const auto root = std::filesystem::path(file_source(options).text("root"));
    if (!std::filesystem::exists(root / (name + ".json"))) {
        throw Failure("there is no release '" + name + "' in " + root.string() +
                      "; `ajour firmware list` shows all");
    }
    const auto release = read_release(root, name);
    if (release.checksum.empty()) throw Failure(name + ": " + release.problem);
    return release.checksum;
}

/// Who withdraws an image withdraws it under each of its names.
void warn_of_others(const std::filesystem::path& root, const std::string& name,
                    const sdk::Sha256& image) {
    for (const auto& other : others_of_image(or_fail(list_releases(root)), name, image)) {
        warn("warning: " + other + " is the same image, and so withdrawn too");
    }
}

/// The digest is barred at the server first: once the files are gone nobody knows it any more.
void withdraw(const Options& options, const Withdrawal& withdrawal) {
    const auto text =
        withdrawal.name.empty() ? withdrawal.digest : digest_by_name(options, withdrawal.name);
    const auto image = or_fail(digest::parse_hex(text));
    const auto digest = image.hex();
    const AdminApi api(options);
    if (withdrawal.undo) {
        api.remove(withdrawn_path() + "/" + digest);
        return print_line("may be served again: " + digest);
    }
    api.create(withdrawn_path(), {{"sha256", digest}});
    if (!withdrawal.name.empty()) {
        const auto root = file_source(options).text("root");
        or_fail(remove_release(root, withdrawal.name));
        warn_of_others(root, withdrawal.name, image);
    }
    print_line("withdrawn: " + digest);
}

void add_withdraw(CLI::App& family, const Options& options) {
    auto* command = family.add_subcommand("withdraw", "Serve an image to no device any more");
    const auto withdrawal = std::make_shared<Withdrawal>();
    auto* which = command->add_option_group("which");
    which->add_option("SHA256", withdrawal->digest, "of the image");
    which->add_option("--name", withdrawal->name, "a release of the file source, which is removed");
    which->require_option(1);
    command->add_flag("--undo", withdrawal->undo,
                      "let it be served again; files that were removed stay so");
    command->callback([&options, withdrawal] { withdraw(options, *withdrawal); });
}

}  // namespace

void add_firmware(CLI::App& program, const Options& options) {
    auto* family = program.add_subcommand("firmware", "Releases of the file source");
    family->require_subcommand(1);

    auto* command = family->add_subcommand("publish", "Make a file the release of a name");
    const auto publication = std::make_shared<Publication>();
    command->add_option("FILE", publication->file, "the image, as it runs on the device")
        ->required();
    command->add_option("--name", publication->name, "what targets call it")->required();
    command->add_option("--version", publication->version, "as the image itself reports it")
        ->required();
    command->callback([&options, publication] { publish_file(options, *publication); });

    family->add_subcommand("list", "All of them")->callback([&options] { list(options); });
    add_withdraw(*family, options);
}

}  // namespace ajour::cli
