// kalends: looks after a running core from the command line.
#include <fmt/format.h>

#include <CLI/CLI.hpp>
#include <algorithm>
#include <cerrno>
#include <csignal>
#include <cstdio>
#include <system_error>
#include <vector>

#include "adapters/shared/core_tls_flags.h"
#include "kalends_version.h"
#include "tools/kalends/arguments.h"
#include "tools/kalends/command.h"
#include "tools/kalends/exit_code.h"

namespace kalends::cli {
namespace {

int Fail(const absl::Status& status, int code) {
  fmt::print(stderr, "kalends: {}\n", std::string(status.message()));
  return code;
}

// What the program may do, and `chosen` once the command line was read.
struct CommandLine {
  CLI::App app{"kalends looks after a Kalends core and its data.", "kalends"};
  Arguments arguments;
  Work chosen;
  // Of these 2 tells of the data, and 1 is all else.
  std::vector<const CLI::App*> of_data;

  CommandLine();
};

CommandLine::CommandLine() {
  app.set_version_flag("--version", std::string("kalends ") + Version());
  app.require_subcommand(1);
  app.fallthrough();  // These flags may also follow the command.
  app.footer(std::string(ExitCodesText()));
  app.add_option("--core", arguments.core, "Address of the core")
      ->envname("KALENDS_CORE")
      ->capture_default_str();
  DeclareCoreTls(app, arguments.core_tls);
  app.add_option("--admin-key-file", arguments.admin_key_file,
                 "Holds the API key to call with; the core writes it to admin.key in its data "
                 "directory at its first start")
      ->envname("KALENDS_API_KEY_FILE");
  app.add_option("--time-zone", arguments.time_zone,
                 "In which times are printed, such as Europe/Berlin")
      ->envname("KALENDS_TIME_ZONE")
      ->capture_default_str();
  of_data = AddCommands(app, arguments, chosen);
}

int Run(int argc, char** argv) {
  CommandLine line;
  const auto is_of_data = [&] {
    return std::any_of(line.of_data.begin(), line.of_data.end(),
                       [](const CLI::App* command) { return command->parsed(); });
  };
  try {
    line.app.parse(argc, argv);
  } catch (const CLI::ParseError& error) {
    if (line.app.exit(error) == 0) return kExitOk;  // --help and --version end here, too.
    return is_of_data() ? kExitFailed : kExitUsage;
  }
  Context context(line.arguments, line.app);
  const absl::StatusOr<int> code = line.chosen(context);
  if (!code.ok()) {
    return Fail(code.status(), is_of_data() ? kExitFailed : ExitCodeOf(code.status()));
  }
  if (std::fflush(stdout) != 0) throw std::system_error(errno, std::generic_category());
  return *code;
}

}  // namespace
}  // namespace kalends::cli

int main(int argc, char** argv) {
  // Whoever started us may have had it ignored. Who reads no more (`kalends audit | head`) wants no
  // sentence about it.
  std::signal(SIGPIPE, SIG_DFL);
  try {
    return kalends::cli::Run(argc, argv);
  } catch (const std::system_error& error) {
    // fmt's, where standard output cannot be written.
    fmt::print(stderr, "kalends: the output cannot be written: {}\n", error.code().message());
    return kalends::cli::kExitFailed;
  }
}
