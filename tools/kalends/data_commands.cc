#include "tools/kalends/data_commands.h"

#include "tools/kalends/backup.h"
#include "tools/kalends/data_directory.h"
#include "tools/kalends/verify.h"

namespace kalends::cli {
namespace {

constexpr int kBackupsKeptMax = 100'000;

// What is done to files of this machine.
Work OfFiles(absl::StatusOr<int> (*command)(const Arguments& arguments)) {
  return [command](Context& context) { return command(context.said()); };
}

void AddIdentity(CLI::App& command, Arguments& said, CLI::Option* file) {
  command
      .add_option("--identity-file", said.identity_file,
                  "Holds the secret key of age that opens an encrypted backup")
      ->needs(file);
}

}  // namespace

Work Verify(CLI::App& command, Arguments& said) {
  AddDataDirectory(command, said);
  CLI::Option* const backups = command.add_option(
      "--backups", said.backups, "Look at a backup in this directory of backups instead");
  command.add_option("--backup", said.backup_name, "Which of them; the newest if not given")
      ->needs(backups);
  CLI::Option* const file =
      command
          .add_option("--backup-file", said.backup_file,
                      "Look at a backup that is one file instead; it is unpacked below TMPDIR")
          ->excludes(backups);
  AddIdentity(command, said, file);
  command.add_option("--master-key-file", said.master_key_file,
                     "Where the master key is, if not in the directory or in KALENDS_MASTER_KEY");
  return OfFiles(VerifyData);
}

Work BackUp(CLI::App& command, Arguments& said) {
  CLI::Option_group& place = *command.add_option_group("Where to, one of the two");
  place.require_option(1);
  CLI::Option* const to =
      place.add_option("--to", said.backups, "The directory of backups; made if missing");
  CLI::Option* const file = place.add_option(
      "--to-file", said.backup_file,
      "One file, a tar with all that is needed; one of that name is replaced once it is whole");
  command
      .add_option("--encrypt-to", said.recipients,
                  "Encrypt the file by age, to this public key or those in this file; several are "
                  "several")
      ->needs(file);
  AddDataDirectory(command, said);
  command
      .add_option("--keep", said.keep,
                  "Then remove what is older than this many good backups, and files that none "
                  "needs any more; all stay if not given")
      ->check(CLI::Range(1, kBackupsKeptMax))
      ->needs(to);
  command.add_flag("--with-master-key", said.with_master_key,
                   "Also copy master.key: whoever has the backup can then read it");
  return OfFiles(BackUpData);
}

Work Restore(CLI::App& command, Arguments& said) {
  CLI::Option_group& place = *command.add_option_group("Where from, one of the two");
  place.require_option(1);
  CLI::Option* const from = place.add_option("--from", said.backups, "The directory of backups");
  CLI::Option* const file =
      place.add_option("--from-file", said.backup_file, "A backup that is one file");
  command.add_option("--backup", said.backup_name, "Which of them; the newest if not given")
      ->needs(from);
  AddIdentity(command, said, file);
  command.add_option("--data-dir", said.data_dir, "The directory to make; if there, empty")
      ->required();
  command.add_option("--master-key-file", said.master_key_file,
                     "The master key that was kept; without it that of KALENDS_MASTER_KEY, or of "
                     "the backup");
  command.add_flag("--accept-damage", said.accept_damage,
                   "Leave out files that are damaged in the backup");
  return OfFiles(RestoreData);
}

}  // namespace kalends::cli
