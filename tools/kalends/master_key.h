// The commands `kalends master-key ...`: the key that documents and private texts are sealed with.
#pragma once

#include "tools/kalends/command.h"

namespace kalends::cli {

// Makes a new master key in the core's file of keys, then wraps the keys of all documents under it,
// as RewrapDocuments.
Work RotateMasterKey(CLI::App& command, Arguments& said);
// Wraps the keys of all documents under the present master key and prints how far it is. May be
// interrupted and repeated.
Work RewrapDocuments(CLI::App& command, Arguments& said);

}  // namespace kalends::cli
