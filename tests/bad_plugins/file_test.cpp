// SPDX-License-Identifier: Apache-2.0
// Files and directories that are refused before anything of them is loaded.
#include "bad_plugins/loading.hpp"

namespace ajour::plugin_host {
namespace {

using testing::AllOf;
using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;

namespace fs = std::filesystem;

const auto right_file = folder("right") / "ajour-source-right.so";

TEST(PluginFile, that_is_no_library_is_refused) {
    const support::TempDirectory directory;
    directory.write("ajour-source-text.so", "this is no library");
    Loading loading(directory.path());
    EXPECT_THAT(loading.refusals(),
                ElementsAre(AllOf(HasSubstr("ajour-source-text.so: cannot be loaded: "),
                                  HasSubstr("file too short"))));
    directory.write("ajour-source-text.so", std::string(4096, 'x'));
    EXPECT_THAT(Loading(directory.path()).refusals(),
                ElementsAre(HasSubstr(": cannot be loaded: invalid ELF header")));
}

TEST(PluginFile, that_anybody_may_write_is_refused) {
    const support::TempDirectory directory;
    const auto file = directory.path() / "ajour-source-right.so";
    fs::copy_file(right_file, file);
    fs::permissions(file, fs::perms::others_write, fs::perm_options::add);
    EXPECT_THAT(Loading(directory.path()).refusals(),
                ElementsAre(HasSubstr(": anybody may write to the file, expected its owner only")));
    fs::permissions(file, fs::perms::others_write, fs::perm_options::remove);
    EXPECT_EQ(Loading(directory.path()).host().sources().size(), 1U);
}

TEST(PluginFile, that_is_a_link_or_a_directory_is_refused) {
    const support::TempDirectory directory;
    fs::create_symlink(right_file, directory.path() / "ajour-source-right.so");
    fs::create_directory(directory.path() / "ajour-source-tree.so");
    EXPECT_THAT(Loading(directory.path()).refusals(),
                ElementsAre(HasSubstr("right.so: is a symbolic link, expected a regular file"),
                            HasSubstr("tree.so: is not a regular file")));
}

TEST(PluginFile, of_another_name_is_refused_and_other_files_do_not_count) {
    const support::TempDirectory directory;
    for (const auto* name : {"source.so", "ajour-source.so", "ajour-source-A.so", "README.md"}) {
        fs::copy_file(right_file, directory.path() / name);
    }
    const auto refused = HasSubstr("found that file name, expected ajour-<kind>-<name>.so");
    EXPECT_THAT(Loading(directory.path()).refusals(), ElementsAre(refused, refused, refused));
}

TEST(PluginDirectory, that_anybody_may_write_to_is_a_problem) {
    const support::TempDirectory directory;
    fs::copy_file(right_file, directory.path() / "ajour-source-right.so");
    fs::permissions(directory.path(), fs::perms::others_write, fs::perm_options::add);
    Loading loading(directory.path());
    EXPECT_THAT(loading.problems(),
                ElementsAre("ajour.plugins: plugin directory " + directory.path().string() +
                            ": anybody may write to the directory, expected its owner only"));
    EXPECT_THAT(loading.host().candidates(), IsEmpty());
}

TEST(PluginDirectory, that_is_not_there_is_a_problem) {
    EXPECT_THAT(Loading("/nowhere/plugins").problems(),
                ElementsAre("ajour.plugins: plugin directory /nowhere/plugins: No such file or "
                            "directory"));
}

}  // namespace
}  // namespace ajour::plugin_host
