// The command line: flags, each with an environment variable of the same name, and the words that
// remain, the command.
#pragma once

#include <string>
#include <vector>

namespace kalends::cli {

struct Arguments {
  std::string core;            // HOST:PORT of the core.
  std::string admin_key_file;  // Holds the API key to call with.
  // key create
  std::vector<std::string> scopes;
  std::string label;
  std::string out;  // File for the secret; empty: standard output.
  // demo seed
  std::string specialist_identity;
  std::string name;
  std::string language;
  bool json = false;
  // What is no flag, such as {"key", "create"}.
  std::vector<std::string> words;
};

// Ends the program with a message where a flag is unknown or has no value. Flags may be written
// with dashes or with underscores.
Arguments ParseArguments(int argc, char** argv);

}  // namespace kalends::cli
