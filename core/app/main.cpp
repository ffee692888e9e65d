// SPDX-License-Identifier: Apache-2.0
// ajourd: flags, signals, exit codes.
#include "app/bad_settings.hpp"
#include "app/server.hpp"

#include <Poco/Util/HelpFormatter.h>
#include <Poco/Util/OptionException.h>
#include <Poco/Util/ServerApplication.h>
#include <signal.h>

#include <filesystem>
#include <iostream>

namespace {

sigset_t awaited_signals() {
    sigset_t set;
    sigemptyset(&set);
    for (const int signal : {SIGTERM, SIGINT, SIGQUIT, SIGHUP}) sigaddset(&set, signal);
    return set;
}

/// Until a signal ends it; SIGHUP reloads.
void run_until_ended(ajour::app::Server& server, const sigset_t& awaited) {
    int signal = 0;
    while (sigwait(&awaited, &signal) == 0) {
        if (signal != SIGHUP) return;
        server.reload();
    }
}

class Daemon : public Poco::Util::ServerApplication {
protected:
    void defineOptions(Poco::Util::OptionSet& options) override {
        ServerApplication::defineOptions(options);
        using Poco::Util::Option;
        options.addOption(Option("config", "c", "The properties file (etc/ajour.properties)")
                              .argument("FILE")
                              .repeatable(false));
        options.addOption(Option("set", "s", "One setting, over the file")
                              .argument("KEY=VALUE")
                              .repeatable(true));
        options.addOption(Option("help", "h", "Show this").repeatable(false));
        options.addOption(Option("version", "v", "Show the version").repeatable(false));
    }

    void handleOption(const std::string& name, const std::string& value) override {
        if (name == "config") {
            sources_.file = value;
        } else if (name == "set") {
            sources_.flags.push_back(value);
        } else if (name == "help") {
            show_help();
        } else if (name == "version") {
            std::cout << "ajourd " << AJOUR_VERSION << '\n';
            stopOptionsProcessing();
            only_shows_ = true;
        } else {
            ServerApplication::handleOption(name, value);
        }
    }

    int main(const std::vector<std::string>& rest) override {
        if (only_shows_) return EXIT_OK;
        if (!rest.empty()) {
            std::cerr << "ajourd: unknown argument " << rest.front() << ", see --help\n";
            return EXIT_USAGE;
        }
        std::filesystem::current_path(directory_);  // --daemon has left it
        const auto awaited = awaited_signals();
        pthread_sigmask(SIG_BLOCK, &awaited, nullptr);  // before there are threads
        try {
            ajour::app::Server server(sources_);
            server.start();
            run_until_ended(server, awaited);
            server.stop();
        } catch (const ajour::app::BadSettings& thrown) {
            std::cerr << "ajourd: " << thrown.what() << '\n';
            return EXIT_CONFIG;
        } catch (const std::exception& thrown) {
            std::cerr << "ajourd: " << thrown.what() << '\n';
            return EXIT_SOFTWARE;
        }
        return EXIT_OK;
    }

private:
    void show_help() {
        Poco::Util::HelpFormatter formatter(options());
        formatter.setCommand("ajourd");
        formatter.setHeader("The firmware-update server.");
        formatter.format(std::cout);
        stopOptionsProcessing();
        only_shows_ = true;
    }

    const std::filesystem::path directory_ = std::filesystem::current_path();
    ajour::app::Sources sources_;
    bool only_shows_ = false;
};

}  // namespace

int main(int argc, char** argv) {
    ::signal(SIGPIPE, SIG_IGN);
    try {
        Daemon daemon;
        return daemon.run(argc, argv);
    } catch (const std::exception& thrown) {
        std::cerr << "ajourd: " << thrown.what() << '\n';
        return Poco::Util::Application::EXIT_USAGE;
    }
}
