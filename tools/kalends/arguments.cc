#include "tools/kalends/arguments.h"

#include <algorithm>
#include <cstdlib>

#include "absl/flags/flag.h"
#include "absl/flags/parse.h"

namespace {

std::string FromEnvironment(const char* variable, const char* otherwise) {
  const char* value = std::getenv(variable);
  return value != nullptr && *value != '\0' ? value : otherwise;
}

}  // namespace

ABSL_FLAG(std::string, core, FromEnvironment("KALENDS_CORE", "127.0.0.1:50051"),
          "Address of the core");
ABSL_FLAG(std::string, admin_key_file, FromEnvironment("KALENDS_API_KEY_FILE", ""),
          "File that holds an API key of scope admin");
ABSL_FLAG(std::vector<std::string>, scope, {}, "Scopes of the new key");
ABSL_FLAG(std::string, label, "", "What the new key is for");
ABSL_FLAG(std::string, out, "", "File to write the new key to");
ABSL_FLAG(std::string, specialist_identity, "telegram:1001", "Identity of the demo specialist");
ABSL_FLAG(std::string, name, "Marie Weber", "Name of the demo specialist");
ABSL_FLAG(std::string, language, "de", "Language of the demo specialist");
ABSL_FLAG(bool, json, false, "Print JSON");

namespace kalends::cli {
namespace {

// "--admin-key-file=a-b" becomes "--admin_key_file=a-b", as absl knows it.
std::string WithUnderscores(std::string argument) {
  if (!argument.starts_with("--")) return argument;
  const auto value = std::find(argument.begin(), argument.end(), '=');
  std::replace(argument.begin() + 2, value, '-', '_');
  return argument;
}

}  // namespace

Arguments ParseArguments(int argc, char** argv) {
  std::vector<std::string> texts;
  for (int i = 0; i < argc; ++i) texts.push_back(WithUnderscores(argv[i]));
  std::vector<char*> pointers;
  for (std::string& text : texts) pointers.push_back(text.data());
  const std::vector<char*> rest =
      absl::ParseCommandLine(static_cast<int>(pointers.size()), pointers.data());

  Arguments arguments;
  arguments.core = absl::GetFlag(FLAGS_core);
  arguments.admin_key_file = absl::GetFlag(FLAGS_admin_key_file);
  arguments.scopes = absl::GetFlag(FLAGS_scope);
  arguments.label = absl::GetFlag(FLAGS_label);
  arguments.out = absl::GetFlag(FLAGS_out);
  arguments.specialist_identity = absl::GetFlag(FLAGS_specialist_identity);
  arguments.name = absl::GetFlag(FLAGS_name);
  arguments.language = absl::GetFlag(FLAGS_language);
  arguments.json = absl::GetFlag(FLAGS_json);
  arguments.words.assign(rest.begin() + 1, rest.end());
  return arguments;
}

}  // namespace kalends::cli
