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
#include "tools/kalends/backup.h"
#include "tools/kalends/command.h"
#include "tools/kalends/data_directory.h"
#include "tools/kalends/exit_code.h"
#include "tools/kalends/verify.h"

namespace kalends::cli {
namespace {

// What is done to files of this machine.
Work OfFiles(absl::StatusOr<int> (*command)(const Arguments& arguments)) {
  return [command](Context& context) { return command(context.said()); };
}

CLI::App& AddVerifyCommand(CLI::App& app, Arguments& arguments, Work& chosen) {
  CLI::App& verify = *app.add_subcommand(
      "verify",
      "Look for damage in a data directory, whether a core works on it or not; writes nothing to "
      "it. Ends with 0: nothing is damaged; 1: it could not be looked at; 2: something is damaged");
  AddDataDirectory(verify, arguments);
  verify.add_option("--backups", arguments.backups,
                    "Look at a backup in this directory of backups instead");
  verify.add_option("--backup", arguments.backup_name, "Which of them; the newest if not given");
  verify.add_option("--master-key-file", arguments.master_key_file,
                    "Where the master key is, if not in the directory or in KALENDS_MASTER_KEY");
  verify.add_flag("--json", arguments.json, "Print JSON");
  verify.callback([&chosen] { chosen = OfFiles(VerifyData); });
  return verify;
}

CLI::App& AddBackupCommand(CLI::App& app, Arguments& arguments, Work& chosen) {
  CLI::App& backup = *app.add_subcommand(
      "backup",
      "Copy a data directory into a directory of backups, whether a core works on it or not. Files "
      "of documents that are there already are not copied again. Ends with 0; 1: none was made; 2: "
      "files were lost in the data directory, and are not in it");
  backup.add_option("--to", arguments.backups, "The directory of backups; made if missing")
      ->required();
  AddDataDirectory(backup, arguments);
  backup.add_flag("--with-master-key", arguments.with_master_key,
                  "Also copy master.key: whoever has the backup can then read it");
  backup.add_flag("--json", arguments.json, "Print JSON");
  backup.callback([&chosen] { chosen = OfFiles(BackUpData); });
  return backup;
}

CLI::App& AddRestoreCommand(CLI::App& app, Arguments& arguments, Work& chosen) {
  CLI::App& restore = *app.add_subcommand(
      "restore",
      "Make a data directory of a backup. Ends with 0; 1: none was made; 2: damaged or lost files "
      "were left out");
  restore.add_option("--from", arguments.backups, "The directory of backups")->required();
  restore.add_option("--backup", arguments.backup_name, "Which of them; the newest if not given");
  restore.add_option("--data-dir", arguments.data_dir, "The directory to make; if there, empty")
      ->required();
  restore.add_option(
      "--master-key-file", arguments.master_key_file,
      "The master key that was kept; without it that of KALENDS_MASTER_KEY, or of the "
      "backup");
  restore.add_flag("--accept-damage", arguments.accept_damage,
                   "Leave out files that are damaged in the backup");
  restore.add_flag("--json", arguments.json, "Print JSON");
  restore.callback([&chosen] { chosen = OfFiles(RestoreData); });
  return restore;
}

int Fail(const absl::Status& status, int code) {
  fmt::print(stderr, "kalends: {}\n", std::string(status.message()));
  return code;
}

// What the program may do, and `chosen` once the command line was read.
struct CommandLine {
  CLI::App app{"kalends looks after a Kalends core and its data.", "kalends"};
  Arguments arguments;
  Work chosen;
  // These have codes of their own: 2 is damage, 1 all else.
  std::vector<const CLI::App*> of_damage;

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
  AddCommands(app, arguments, chosen);
  of_damage = {&AddVerifyCommand(app, arguments, chosen), &AddBackupCommand(app, arguments, chosen),
               &AddRestoreCommand(app, arguments, chosen)};
}

int Run(int argc, char** argv) {
  CommandLine line;
  const auto is_of_damage = [&] {
    return std::any_of(line.of_damage.begin(), line.of_damage.end(),
                       [](const CLI::App* command) { return command->parsed(); });
  };
  try {
    line.app.parse(argc, argv);
  } catch (const CLI::ParseError& error) {
    if (line.app.exit(error) == 0) return kExitOk;  // --help and --version end here, too.
    return is_of_damage() ? kExitFailed : kExitUsage;
  }
  Context context(line.arguments, line.app);
  const absl::StatusOr<int> code = line.chosen(context);
  if (!code.ok()) {
    return Fail(code.status(), is_of_damage() ? kExitFailed : ExitCodeOf(code.status()));
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
