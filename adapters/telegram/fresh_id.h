// Ids of requests that are no repeats, whatever the update was that led to them.
#pragma once

#include <string>
#include <string_view>

namespace kalends::telegram {

// `kind` and 64 random bits. Not from the clock: two calls may come in one tick of it, and it may
// be set back.
std::string FreshRequestId(std::string_view kind);

}  // namespace kalends::telegram
