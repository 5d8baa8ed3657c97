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
// Sends a secure link for each file, or where there is no kalends-web to link to, the files, which
// come after this turn.
absl::Status SendDownloads(Turn& turn, const std::vector<FileToSend>& files);

// Work with a whole file after a turn, for the same person. It holds the turn's receipt, so that a
// crash repeats it.
struct FileJob {
  const Context& context;
  Receipt receipt;
  std::string identity;
  std::int64_t chat = 0;
  Reader reader;
};
// Runs `work` on the threads for whole files, after what was posted for this person before.
void PostFileJob(Turn& turn, std::function<void(const FileJob&)> work);
// Sends `file` and waits for that. Shows `failure` where Telegram does not take it.
void SendFile(const FileJob& job, ApiFile file, const std::string& caption, const Screen& failure);
// Sends `screen` besides the screen.
void Tell(const FileJob& job, const Screen& screen);

// What the files that came with this update are called, each otherwise: as Telegram says, or by
// their captions, or by when they were sent and their place in an album.
std::vector<std::string> FileNamesOf(const Turn& turn);
// Of which type it is, as far as Telegram says so.
std::string MediaTypeOf(const SentFile& file);
// Streams what `file` holds into `write`, piece by piece. Refuses what is larger than Telegram
// hands out to bots.
absl::Status FetchFile(Turn& turn, const SentFile& file,
                       const std::function<bool(std::string_view)>& write);

// The message that came with this update; an empty one: it was none.
const Typed& TypedOf(const Turn& turn);
// The first file that came with this update; nullptr: it brought none.
const SentFile* FileOf(const Turn& turn);

}  // namespace kalends::telegram
