#include "tools/kalends/completion.h"

#include <fmt/format.h>

#include <algorithm>
#include <memory>
#include <vector>

namespace kalends::cli {
namespace {

// Of each place in the command line, named by the words that lead there: " ticket list".
struct Place {
  std::string path;
  std::vector<std::string> words;  // What may stand next, without values.
};

// A flag with a value, and what that may be; empty: anything, such as a file.
struct Valued {
  std::string flag;
  std::vector<std::string> choices;
};

struct Grammar {
  std::vector<Place> places;
  std::vector<Valued> valued;
};

std::vector<std::string> FlagsOf(const CLI::Option& option) {
  std::vector<std::string> flags;
  for (const std::string& name : option.get_lnames()) flags.push_back("--" + name);
  for (const std::string& name : option.get_snames()) flags.push_back("-" + name);
  return flags;
}

// CLI11 tells a closed set in its description of the type: "TEXT:{bash,zsh,fish}".
std::vector<std::string> ChoicesOf(const CLI::Option& option) {
  const std::string type = option.get_type_name();
  const std::size_t open = type.find('{');
  const std::size_t close = type.find('}');
  std::vector<std::string> choices;
  if (open == std::string::npos || close == std::string::npos || close < open) return choices;
  std::string choice;
  for (const char c : type.substr(open + 1, close - open - 1) + ",") {
    if (c != ',') {
      choice += c;
    } else if (!choice.empty()) {
      choices.push_back(std::move(choice));
      choice.clear();
    }
  }
  return choices;
}

void AddFlags(const CLI::App& app, Place& place, Grammar& grammar) {
  for (const CLI::Option* option : app.get_options([](const CLI::Option*) { return true; })) {
    const std::vector<std::string> choices = ChoicesOf(*option);
    if (option->get_positional()) {
      place.words.insert(place.words.end(), choices.begin(), choices.end());
    }
    for (const std::string& flag : FlagsOf(*option)) {
      if (std::find(place.words.begin(), place.words.end(), flag) != place.words.end()) continue;
      place.words.push_back(flag);
      const bool known = std::any_of(grammar.valued.begin(), grammar.valued.end(),
                                     [&](const Valued& valued) { return valued.flag == flag; });
      if (option->get_items_expected_min() > 0 && !known) grammar.valued.push_back({flag, choices});
    }
  }
}

void Walk(const CLI::App& root, const CLI::App& app, const std::string& path, Grammar& grammar) {
  Place place{path, {}};
  const auto below = app.get_subcommands([](const CLI::App*) { return true; });
  for (const CLI::App* command : below) place.words.push_back(command->get_name());
  AddFlags(app, place, grammar);
  AddFlags(root, place, grammar);  // These may follow any command.
  grammar.places.push_back(std::move(place));
  for (const CLI::App* command : below) {
    Walk(root, *command, path + " " + command->get_name(), grammar);
  }
}

std::string Joined(const std::vector<std::string>& words) {
  std::string text;
  for (const std::string& word : words) text += (text.empty() ? "" : " ") + word;
  return text;
}

// Nothing in it needs quoting: names of commands and flags are letters, digits and hyphens.
// "case" branches, alike in bash and zsh.
std::string Branches(const Grammar& grammar) {
  std::string steps;
  std::string words;
  for (const Place& place : grammar.places) {
    if (!place.path.empty()) steps += fmt::format("{}'{}'", steps.empty() ? "" : "|", place.path);
    words += fmt::format("    '{}') candidates='{}' ;;\n", place.path, Joined(place.words));
  }
  std::string flags;
  std::string values;
  for (const Valued& valued : grammar.valued) {
    flags += fmt::format("{}{}", flags.empty() ? "" : "|", valued.flag);
    values += fmt::format("    {}) candidates='{}' ;;\n", valued.flag, Joined(valued.choices));
  }
  return fmt::format(R"(  for word in "${{before[@]}}"; do
    case "$previous" in
      {0}) previous=''; continue ;;
    esac
    previous=$word
    case "$at $word" in
      {1}) at="$at $word" ;;
    esac
  done
  case "$at" in
{2}  esac
  case "$previous" in
{3}  esac
)",
                     flags, steps, words, values);
}

std::string BashScript(const Grammar& grammar) {
  return fmt::format(R"(_kalends() {{
  local word previous='' at='' candidates=''
  local -a before=("${{COMP_WORDS[@]:1:COMP_CWORD-1}}")
{}  COMPREPLY=($(compgen -W "$candidates" -- "${{COMP_WORDS[COMP_CWORD]}}"))
}}
complete -o bashdefault -o default -F _kalends kalends
)",
                     Branches(grammar));
}

std::string ZshScript(const Grammar& grammar) {
  return fmt::format(R"(#compdef kalends
_kalends() {{
  local word previous='' at='' candidates=''
  local -a before
  before=("${{(@)words[2,CURRENT-1]}}")
{}  if [[ -n $candidates ]]; then
    compadd -- ${{=candidates}}
  else
    _files
  fi
}}
compdef _kalends kalends
)",
                     Branches(grammar));
}

std::string FishScript(const Grammar& grammar) {
  std::string flags;
  std::string values;
  for (const Valued& valued : grammar.valued) {
    flags += " " + valued.flag;
    values +=
        fmt::format("    case {}\n      set candidates {}\n", valued.flag, Joined(valued.choices));
  }
  std::string steps;
  std::string words;
  for (const Place& place : grammar.places) {
    if (!place.path.empty()) steps += fmt::format(" '{}'", place.path);
    words +=
        fmt::format("    case '{}'\n      set candidates {}\n", place.path, Joined(place.words));
  }
  return fmt::format(R"(function __kalends_candidates
  set -l at ''
  set -l previous ''
  set -l candidates
  for word in (commandline -opc)[2..-1]
    switch "$previous"
      case{0}
        set previous ''
        continue
    end
    set previous $word
    switch "$at $word"
      case{1}
        set at "$at $word"
    end
  end
  switch "$at"
{2}  end
  switch "$previous"
{3}  end
  string join \n -- $candidates
end
complete -c kalends -f -n '__kalends_candidates | string match -qr .' -a '(__kalends_candidates)'
)",
                     flags, steps, words, values);
}

}  // namespace

std::string CompletionScript(const CLI::App& app, const std::string& shell) {
  Grammar grammar;
  Walk(app, app, "", grammar);
  if (shell == "zsh") return ZshScript(grammar);
  return shell == "fish" ? FishScript(grammar) : BashScript(grammar);
}

Work PrintCompletion(CLI::App& command, Arguments&) {
  auto shell = std::make_shared<std::string>();
  command.add_option("SHELL", *shell, "Which")
      ->required()
      ->check(CLI::IsMember({"bash", "zsh", "fish"}));
  return [shell](Context& context) -> absl::StatusOr<int> {
    fmt::print("{}", CompletionScript(context.app(), *shell));
    return 0;
  };
}

}  // namespace kalends::cli
