// The commands `kalends appointment ...`.
#pragma once

#include "tools/kalends/command.h"

namespace kalends::cli {

Work ShowAppointment(CLI::App& command, Arguments& said);
Work ListAppointments(CLI::App& command, Arguments& said);

}  // namespace kalends::cli
