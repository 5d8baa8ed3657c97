// kalends: looks after a running core from the command line.
#include <fmt/format.h>

#include <cstdio>
#include <string_view>

#include "tools/kalends/arguments.h"
#include "tools/kalends/connection.h"
#include "tools/kalends/demo.h"
#include "tools/kalends/keys.h"
#include "tools/kalends/stats.h"

namespace kalends::cli {
namespace {

constexpr char kHelp[] = R"(kalends looks after a running Kalends core.

Usage: kalends COMMAND [FLAGS]

Commands
  key create --scope SCOPE[,SCOPE...] --label TEXT [--out FILE]
              Makes an API key and prints its name and its secret, which is shown only this once.
              With --out the secret goes to FILE, which is made new and readable by you alone.
              Scopes: adapter, web, tool:read, tool:write, admin.
  key list    Lists the keys.
  key revoke apiKeys/...
              Makes a key useless at once.
  stats       Prints the counters of the running core.
  demo seed [--specialist-identity CHANNEL:ID] [--name NAME] [--language CODE] [--json]
              Makes a specialist with services, working hours and an invitation to try Kalends
              with. Doing it again changes nothing and prints the same.
  help        Prints this.

Flags of every command
  --core HOST:PORT        Address of the core. Environment: KALENDS_CORE. Default: 127.0.0.1:50051.
  --admin-key-file FILE   Holds the API key to call with. Environment: KALENDS_API_KEY_FILE. The core
                          writes it to admin.key in its data directory at its first start.

Exit status: 0 done, 1 refused or failed, 2 the command line is wrong.
)";

struct Command {
  std::string_view group;
  std::string_view verb;  // Empty: the group is the command.
  absl::Status (*run)(const Arguments& arguments, const Connection& core);
};
constexpr Command kCommands[] = {
    {"key", "create", CreateKey}, {"key", "list", ListKeys},  {"key", "revoke", RevokeKey},
    {"stats", "", PrintStats},    {"demo", "seed", SeedDemo},
};

const Command* FindCommand(const std::vector<std::string>& words) {
  for (const Command& command : kCommands) {
    if (words.empty() || words[0] != command.group) continue;
    if (command.verb.empty() || (words.size() > 1 && words[1] == command.verb)) return &command;
  }
  return nullptr;
}

bool WantsHelp(int argc, char** argv) {
  for (int i = 1; i < argc; ++i) {
    const std::string_view argument = argv[i];
    if (argument == "--help" || argument == "-h" || (i == 1 && argument == "help")) return true;
  }
  return false;
}

int Run(int argc, char** argv) {
  if (WantsHelp(argc, argv)) {
    fmt::print("{}", kHelp);
    return 0;
  }
  const Arguments arguments = ParseArguments(argc, argv);
  const Command* command = FindCommand(arguments.words);
  if (command == nullptr) {
    fmt::print(stderr, "kalends: {}\n",
               arguments.words.empty() ? "Say what to do; kalends --help lists the commands."
                                       : "There is no such command; kalends --help lists them.");
    return 2;
  }
  const absl::StatusOr<Connection> core =
      Connection::Open(arguments.core, arguments.admin_key_file);
  const absl::Status status = core.ok() ? command->run(arguments, *core) : core.status();
  if (status.ok()) return 0;
  fmt::print(stderr, "kalends: {}\n", std::string(status.message()));
  return 1;
}

}  // namespace
}  // namespace kalends::cli

int main(int argc, char** argv) { return kalends::cli::Run(argc, argv); }
