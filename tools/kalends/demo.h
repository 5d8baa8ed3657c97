// The command `kalends demo seed`: a specialist to try Kalends with.
#pragma once

#include "tools/kalends/command.h"

namespace kalends::cli {

// Makes sure that the identity is a specialist with a time zone, services, working hours and an
// invitation; what is there already is left alone, so seeding again changes nothing. Prints the
// names of what it made or found, and the invitation's code. FAILED_PRECONDITION: the identity is
// an organization. With `company`, see demo_company.h.
Work SeedDemo(CLI::App& command, Arguments& said);

}  // namespace kalends::cli
