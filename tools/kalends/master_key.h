// The commands `kalends master-key ...`: the key that documents and private texts are sealed with.
#pragma once

#include "absl/status/status.h"
#include "tools/kalends/arguments.h"
#include "tools/kalends/connection.h"

namespace kalends::cli {

// Makes a new master key in the core's file of keys, then wraps the keys of all documents under it,
// as RewrapDocuments.
absl::Status RotateMasterKey(const Arguments& arguments, const Connection& core);
// Wraps the keys of all documents under the present master key and prints how far it is. May be
// interrupted and repeated.
absl::Status RewrapDocuments(const Arguments& arguments, const Connection& core);

}  // namespace kalends::cli
