// Leaves a program nothing but what it has and what its input and output bring.
#pragma once

namespace kalends::core {

// From here on the program can read, write and take memory, and nothing else: no file, no socket,
// no other program; any other call of the system ends it. It may have 512 MiB and ten seconds of
// the processor. False: the system does not know how, and nothing is to be trusted.
bool LockDown();

}  // namespace kalends::core
