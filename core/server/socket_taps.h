// Puts a Gate between gRPC and its sockets.
#pragma once

#include "core/server/gate.h"

namespace kalends::server {

// From now on every connection that this process accepts passes the gate returned; call it once. It
// stays for as long as the process, as gRPC's threads do.
//
// gRPC has no place of its own for this: the program's functions of these names (accept4, recvmsg,
// sendmsg, close) stand before those of the C library, as tcmalloc's stand for malloc. Only
// kalendsd is linked with them.
Gate& GateBeforeSockets(Gate::Limits limits);

// Turns callers away whom nobody could even turn away when they came, as every last file was open.
// To be called now and then while the listeners are open.
void TurnAwayTheUnheard();

}  // namespace kalends::server
