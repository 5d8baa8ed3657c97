// What kalendsd says to systemd, where a unit of Type=notify runs it; otherwise nothing happens.
#pragma once

namespace kalends::server {

// Callers are served from now on.
void TellReady();
// Still serving: to be said more often than the unit's WatchdogSec.
void TellAlive();

}  // namespace kalends::server
