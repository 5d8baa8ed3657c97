// Files on their way between Telegram and the core.
#pragma once

#include <functional>
#include <string>
#include <string_view>
#include <vector>

#include "adapters/telegram/turn.h"

namespace kalends::telegram {

// A document, or a version of a consent document.
struct FileToSend {
  std::string name;   // Resource name.
  std::string label;  // What it is called.
};
// Sends a secure link for each file, or where there is no kalends-web to link to, the files.
absl::Status SendDownloads(Turn& turn, const std::vector<FileToSend>& files);

// What it is called and of which type, as far as Telegram says so.
std::string FileNameOf(const Turn& turn, const SentFile& file);
std::string MediaTypeOf(const SentFile& file);
// Streams what `file` holds into `write`, piece by piece. TELEGRAM_FILE_TOO_LARGE.
absl::Status FetchFile(Turn& turn, const SentFile& file,
                       const std::function<bool(std::string_view)>& write);

// The file that came with this update; nullptr: it brought none.
const SentFile* FileOf(const Turn& turn);

}  // namespace kalends::telegram
