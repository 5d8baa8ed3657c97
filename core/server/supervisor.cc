#include "core/server/supervisor.h"

#include <systemd/sd-daemon.h>

namespace kalends::server {
namespace {

// Whether somebody hears it is nobody's trouble here: systemd itself acts on what it does not hear.
void Tell(const char* state) { sd_notify(0, state); }

}  // namespace

void TellReady() { Tell("READY=1"); }
void TellAlive() { Tell("WATCHDOG=1"); }

}  // namespace kalends::server
