// Ctemplate's dictionaries, with what Debian 12's headers forget to include before them.
#pragma once

// clang-format off
#include <cstring>
#include <ctemplate/template_dictionary.h>
// clang-format on
