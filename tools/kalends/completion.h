// The command `kalends completion SHELL`: what a shell completes the command line by.
#pragma once

#include <string>

#include "tools/kalends/command.h"

namespace kalends::cli {

Work PrintCompletion(CLI::App& command, Arguments& said);

// A script for `shell` (bash, zsh or fish), made from what `app` knows of itself, so that there is
// no second list of commands and flags.
std::string CompletionScript(const CLI::App& app, const std::string& shell);

}  // namespace kalends::cli
