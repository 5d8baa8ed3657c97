// What kalendsd says to whoever started it: to systemd, where a unit of Type=notify runs it, and in
// a file to who waits for one.
#pragma once

#include <string>

#include "absl/status/status.h"

namespace kalends::server {

// Callers are served from now on, at this port, which goes into the file where one is named.
absl::Status TellReady(const std::string& port_file, int port);
// Still serving: to be said more often than the unit's WatchdogSec.
void TellAlive();

}  // namespace kalends::server
