// kalends: looks after a running core from the command line.
#include <fmt/format.h>

#include <CLI/CLI.hpp>
#include <cstdio>

#include "adapters/shared/core_tls_flags.h"
#include "kalends_version.h"
#include "tools/kalends/arguments.h"
#include "tools/kalends/audit.h"
#include "tools/kalends/backup.h"
#include "tools/kalends/connection.h"
#include "tools/kalends/demo.h"
#include "tools/kalends/keys.h"
#include "tools/kalends/master_key.h"
#include "tools/kalends/stats.h"
#include "tools/kalends/verify.h"

namespace kalends::cli {
namespace {

using Command = absl::Status (*)(const Arguments& arguments, const Connection& core);

void AddKeyCommands(CLI::App& app, Arguments& arguments, Command& chosen) {
  CLI::App& key = *app.add_subcommand("key", "Make, list and revoke API keys");
  key.require_subcommand(1);
  CLI::App& create = *key.add_subcommand(
      "create", "Make an API key; its secret is shown, or written to a file, only this once");
  create.add_option("--scope", arguments.scopes, "What it may do, comma-separated")
      ->required()
      ->delimiter(',')
      ->check(CLI::IsMember({"adapter", "web", "tool:read", "tool:write", "admin", "busy"}));
  create.add_option("--label", arguments.label, "What it is for")->required();
  create.add_option("--out", arguments.out, "New file for the secret, readable by you alone");
  create.add_option("--expires", arguments.expires,
                    "When it ends: in 90d or 12h, or at 2027-01-31T00:00:00Z; never if not given");
  create
      .add_option("--max-calls-per-second", arguments.calls_per_second,
                  "How many calls it may make; 0: the core's default")
      ->check(CLI::NonNegativeNumber);
  create
      .add_option("--max-streams", arguments.streams,
                  "How many streams it may have open; 0: the core's default")
      ->check(CLI::NonNegativeNumber);
  create.callback([&chosen] { chosen = CreateKey; });
  key.add_subcommand("list", "List the keys, when they end, and when they were last used")
      ->callback([&chosen] { chosen = ListKeys; });
  CLI::App& revoke =
      *key.add_subcommand("revoke", "Make a key useless at once, on streams that are open too");
  revoke.add_option("KEY", arguments.key, "Its name, apiKeys/...")->required();
  revoke.callback([&chosen] { chosen = RevokeKey; });
}

void AddMasterKeyCommands(CLI::App& app, Command& chosen) {
  CLI::App& key = *app.add_subcommand(
      "master-key", "Look after the key that documents and private texts are sealed with");
  key.require_subcommand(1);
  key.add_subcommand("rotate", "Make a new one, and wrap the keys of all documents under it")
      ->callback([&chosen] { chosen = RotateMasterKey; });
  key.add_subcommand("rewrap",
                     "Wrap the keys of all documents under the present one: after a rotation that "
                     "was interrupted, or made in KALENDS_MASTER_KEY")
      ->callback([&chosen] { chosen = RewrapDocuments; });
}

void AddAuditCommand(CLI::App& app, Arguments& arguments, Command& chosen) {
  CLI::App& audit = *app.add_subcommand(
      "audit",
      "List what operators and tools changed, and what private things they read, the oldest first: "
      "when, with which key, by which method, what, and for whom");
  audit.add_flag("--json", arguments.json, "Print JSON, one object a line");
  audit.callback([&chosen] { chosen = PrintAudit; });
}

void AddDemoCommands(CLI::App& app, Arguments& arguments, Command& chosen) {
  CLI::App& demo = *app.add_subcommand("demo", "Something to try Kalends with");
  demo.require_subcommand(1);
  CLI::App& seed = *demo.add_subcommand(
      "seed", "Make a specialist with services, hours and an invitation; again changes nothing");
  seed.add_option("--specialist-identity", arguments.specialist_identity, "Who it is")
      ->capture_default_str();
  seed.add_option("--name", arguments.name, "What customers read")->capture_default_str();
  seed.add_option("--language", arguments.language, "Of the specialist")->capture_default_str();
  seed.add_flag("--company", arguments.company,
                "Also two customers with a filled week, and an organization with the specialist on "
                "its team; for a simulated Telegram, where their ids 1002 to 1004 are people");
  seed.add_flag("--json", arguments.json, "Print JSON");
  seed.callback([&chosen] { chosen = SeedDemo; });
}

void AddDataDirectory(CLI::App& command, Arguments& arguments) {
  command.add_option("--data-dir", arguments.data_dir, "Holds the database, files and master key")
      ->envname("KALENDS_DATA_DIR")
      ->capture_default_str();
  command.add_option("--database", arguments.database,
                     "The database, where it is not kalends.db in --data-dir");
}

CLI::App& AddVerifyCommand(CLI::App& app, Arguments& arguments) {
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
  return verify;
}

CLI::App& AddBackupCommand(CLI::App& app, Arguments& arguments) {
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
  return backup;
}

CLI::App& AddRestoreCommand(CLI::App& app, Arguments& arguments) {
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
  return restore;
}

int Fail(const absl::Status& status) {
  fmt::print(stderr, "kalends: {}\n", std::string(status.message()));
  return 1;
}

int Run(int argc, char** argv) {
  CLI::App app("kalends looks after a Kalends core and its data.", "kalends");
  app.set_version_flag("--version", std::string("kalends ") + Version());
  Arguments arguments;
  Command chosen = nullptr;
  app.require_subcommand(1);
  app.fallthrough();  // These flags may also follow the command.
  app.add_option("--core", arguments.core, "Address of the core")
      ->envname("KALENDS_CORE")
      ->capture_default_str();
  DeclareCoreTls(app, arguments.core_tls);
  app.add_option("--admin-key-file", arguments.admin_key_file,
                 "Holds the API key to call with; the core writes it to admin.key in its data "
                 "directory at its first start")
      ->envname("KALENDS_API_KEY_FILE");
  AddKeyCommands(app, arguments, chosen);
  AddMasterKeyCommands(app, chosen);
  app.add_subcommand("stats", "Print the counters of the running core")->callback([&chosen] {
    chosen = PrintStats;
  });
  AddAuditCommand(app, arguments, chosen);
  AddDemoCommands(app, arguments, chosen);
  const CLI::App& verify = AddVerifyCommand(app, arguments);
  const CLI::App& backup = AddBackupCommand(app, arguments);
  const CLI::App& restore = AddRestoreCommand(app, arguments);
  CLI11_PARSE(app, argc, argv);

  const auto work = [&](absl::StatusOr<int> exit_code) {
    return exit_code.ok() ? *exit_code : Fail(exit_code.status());
  };
  if (verify.parsed()) return work(VerifyData(arguments));
  if (backup.parsed()) return work(BackUpData(arguments));
  if (restore.parsed()) return work(RestoreData(arguments));
  const absl::StatusOr<Connection> core = Connection::Open(arguments);
  const absl::Status status = core.ok() ? chosen(arguments, *core) : core.status();
  return status.ok() ? 0 : Fail(status);
}

}  // namespace
}  // namespace kalends::cli

int main(int argc, char** argv) { return kalends::cli::Run(argc, argv); }
