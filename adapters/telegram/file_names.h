// What files are called that Telegram has no name for, such as photos. Pure.
#pragma once

#include <functional>
#include <string>
#include <vector>

#include "adapters/telegram/update.h"
#include "adapters/telegram/zones.h"

namespace kalends::telegram {

inline constexpr std::size_t kNameFromCaptionCharsMax = 60;

// Of files that were sent together at `sent`, each another one: the name Telegram tells; or what
// was written under it; or `called`, such as "Foto", with the time: "Foto 2026-11-29 18-50-07.jpg".
// Those that would be the same are numbered.
std::vector<std::string> NamesOfFiles(const std::vector<SentFile>& files, const LocalTime& sent,
                                      const std::function<std::string(SentFile::Kind)>& called);

}  // namespace kalends::telegram
