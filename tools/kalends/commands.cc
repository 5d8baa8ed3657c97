#include <fmt/format.h>

#include <string>

#include "tools/kalends/account.h"
#include "tools/kalends/appointment.h"
#include "tools/kalends/audit.h"
#include "tools/kalends/command.h"
#include "tools/kalends/completion.h"
#include "tools/kalends/data_commands.h"
#include "tools/kalends/demo.h"
#include "tools/kalends/doctor/doctor.h"
#include "tools/kalends/export.h"
#include "tools/kalends/import.h"
#include "tools/kalends/key.h"
#include "tools/kalends/master_key.h"
#include "tools/kalends/migrate.h"
#include "tools/kalends/move.h"
#include "tools/kalends/provider.h"
#include "tools/kalends/stats.h"
#include "tools/kalends/ticket.h"

namespace kalends::cli {
namespace {

constexpr GroupRow kGroups[] = {
    {"account", "Look at accounts, for support"},
    {"appointment", "Look at appointments, for support"},
    {"demo", "Something to try Kalends with"},
    {"key", "Make, list and revoke API keys"},
    {"master-key", "Look after the key that documents and private texts are sealed with"},
    {"provider", "Look at specialists and organizations, for support"},
    {"ticket", "Read and answer what people ask support"},
};

constexpr CommandRow kCommands[] = {
    {"account", "show", "Show an account", ShowAccount},
    {"account", "list", "List the customers of a provider", ListAccounts},
    {"appointment", "show", "Show an appointment and what became of it", ShowAppointment},
    {"appointment", "list", "List the appointments of a customer or a provider", ListAppointments},
    {"demo", "seed",
     "Make a specialist with services, hours and an invitation; again changes nothing", SeedDemo},
    {"key", "create", "Make an API key; its secret is shown, or written to a file, only this once",
     CreateKey},
    {"key", "list", "List the keys, when they end, and when they were last used", ListKeys},
    {"key", "revoke", "Make a key useless at once, on streams that are open too", RevokeKey},
    {"master-key", "rotate", "Make a new one, and wrap the keys of all documents under it",
     RotateMasterKey},
    {"master-key", "rewrap",
     "Wrap the keys of all documents under the present one: after a rotation that was interrupted, "
     "or made in KALENDS_MASTER_KEY",
     RewrapDocuments},
    {"provider", "show", "Show a specialist or an organization", ShowProvider},
    {"provider", "list", "List the providers that a customer is with", ListProviders},
    {"ticket", "list", "List questions: the open ones, the oldest first", ListTickets},
    {"ticket", "show", "Show a question with all that was written, the oldest first", ShowTicket},
    {"ticket", "answer", "Answer a question; who asked is told", AnswerTicket},
    {"ticket", "close", "Close a question; again is no error", CloseTicket},
    {"", "audit",
     "List what operators and tools changed, and what private things they read, the oldest first: "
     "when, with which key, by which method, what, and for whom",
     PrintAudit},
    {"", "backup",
     "Copy a data directory into a directory of backups, whether a core works on it or not. Files "
     "of documents that are there already are not copied again. Ends with 0; 1: none was made; 2: "
     "files were lost in the data directory, and are not in it",
     BackUp, Codes::kOfData},
    {"", "completion",
     "Print what lets a shell complete this command line: bash: source <(kalends completion bash)",
     PrintCompletion},
    {"", "doctor",
     "Look for what is wrong with this machine and its Kalends, and say what to do. Ends with 0: "
     "nothing; 8: there are warnings; 9: something is broken",
     RunDoctor},
    {"", "export",
     "Write a provider's services, customers, private notes on them and appointments into a new "
     "directory, as CSV files that kalends import reads, a calendar and JSON lines. What is "
     "damaged "
     "is U+FFFD",
     ExportProviders},
    {"", "import",
     "Bring in what another program kept: providers, services, customers, appointments. Nobody is "
     "notified. Run again, it changes nothing that was brought in, and goes on where it was "
     "interrupted. Ends with 0; 1: it could not be done, or not to the end; 2: some records were "
     "refused",
     ImportFiles, Codes::kOfData},
    {"", "migrate",
     "List the migrations that the database has and lacks, and with --apply run those it lacks",
     RunMigrate},
    {"", "move",
     "Move the database from SQLite to PostgreSQL or back: all or nothing, with no core on either. "
     "Files of documents stay where they are",
     MoveDatabase},
    {"", "restore",
     "Make a data directory of a backup. Ends with 0; 1: none was made; 2: damaged or lost files "
     "were left out",
     Restore, Codes::kOfData},
    {"", "stats", "Print the counters of the running core", PrintStats},
    {"", "verify",
     "Look for damage in a data directory, whether a core works on it or not; writes nothing to "
     "it. Ends with 0: nothing is damaged; 1: it could not be looked at; 2: something is damaged",
     Verify, Codes::kOfData},
};

}  // namespace

std::span<const CommandRow> Commands() { return kCommands; }
std::span<const GroupRow> Groups() { return kGroups; }

std::vector<const CLI::App*> AddCommands(CLI::App& app, Arguments& said, Work& chosen) {
  std::vector<const CLI::App*> of_data;
  for (const GroupRow& group : kGroups) {
    app.add_subcommand(group.name, group.help)->require_subcommand(1);
  }
  for (const CommandRow& row : kCommands) {
    CLI::App& parent = *row.group == '\0' ? app : *app.get_subcommand(row.group);
    CLI::App& command = *parent.add_subcommand(row.name, row.help);
    command.add_flag("--json", said.json, "Print JSON, one object a line");
    command.callback([&chosen, work = row.declare(command, said)] { chosen = work; });
    if (row.codes == Codes::kOfData) of_data.push_back(&command);
  }
  return of_data;
}

absl::StatusOr<const Connection*> Context::Core() {
  if (!core_) {
    auto opened = Connection::Open(said_);
    if (!opened.ok()) return opened.status();
    core_.emplace(*std::move(opened));
  }
  return &*core_;
}

absl::StatusOr<core::TimeZone> Context::Zone() const {
  const auto zone = core::TimeZone::Find(said_.time_zone);
  if (zone) return *zone;
  return absl::InvalidArgumentError(
      fmt::format("--time-zone {}: there is no such zone; give one such as Europe/Berlin, or an "
                  "offset such as UTC+05:45.",
                  said_.time_zone));
}

}  // namespace kalends::cli
