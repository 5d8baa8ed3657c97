#include "adapters/telegram/file_names.h"

#include <date/date.h>
#include <fmt/format.h>

#include <set>
#include <string_view>

#include "adapters/shared/safe_text.h"
#include "adapters/telegram/html.h"

namespace kalends::telegram {
namespace {

// With the dot; empty: it is not known.
std::string EndingOf(const SentFile& file) {
  if (file.kind == SentFile::Kind::kPhoto) return ".jpg";
  if (file.kind == SentFile::Kind::kVoice) return ".ogg";
  constexpr struct {
    std::string_view type;
    std::string_view ending;
  } kEndings[] = {{"video/mp4", ".mp4"}, {"video/quicktime", ".mov"}, {"audio/mpeg", ".mp3"},
                  {"audio/mp4", ".m4a"}, {"audio/ogg", ".ogg"},       {"image/jpeg", ".jpg"},
                  {"image/png", ".png"}, {"image/gif", ".gif"},       {"application/pdf", ".pdf"}};
  for (const auto& row : kEndings) {
    if (row.type == file.type) return std::string(row.ending);
  }
  return {};
}

// The first line, without what no file is called by.
std::string FromCaption(std::string_view caption) {
  std::string name;
  for (const char c : caption.substr(0, caption.find('\n'))) {
    const bool bad = static_cast<unsigned char>(c) < 0x20 || c == 0x7F ||
                     std::string_view("/\\:*?\"<>|").find(c) != std::string_view::npos;
    name += bad ? ' ' : c;
  }
  const std::size_t first = name.find_first_not_of(" .");
  if (first == std::string::npos) return {};
  name = name.substr(first, name.find_last_not_of(" .") - first + 1);
  if (SafeText(name) == kNothingSeen) return {};
  name.resize(BytesOf(name, kNameFromCaptionCharsMax));
  name.resize(name.find_last_not_of(" .") + 1);
  return name;
}

std::string Stamp(const LocalTime& time) {
  const auto day = date::floor<date::days>(time.time);
  const date::year_month_day date{day};
  const date::hh_mm_ss clock{std::chrono::floor<std::chrono::seconds>(time.time - day)};
  return fmt::format("{:04}-{:02}-{:02} {:02}-{:02}-{:02}", static_cast<int>(date.year()),
                     static_cast<unsigned>(date.month()), static_cast<unsigned>(date.day()),
                     clock.hours().count(), clock.minutes().count(), clock.seconds().count());
}

}  // namespace

std::vector<std::string> NamesOfFiles(const std::vector<SentFile>& files, const LocalTime& sent,
                                      const std::function<std::string(SentFile::Kind)>& called) {
  std::vector<std::string> names;
  std::set<std::string> taken;
  for (const SentFile& file : files) {
    std::string stem = file.name.empty() ? FromCaption(file.caption) : file.name;
    std::string ending;
    if (!file.name.empty()) {
      const std::size_t dot = file.name.rfind('.');
      if (dot != std::string::npos && dot > 0) {
        ending = stem.substr(dot);
        stem.resize(dot);
      }
    } else {
      ending = EndingOf(file);
      if (stem.empty()) stem = called(file.kind) + " " + Stamp(sent);
    }
    std::string name = stem + ending;
    for (int number = 2; !taken.insert(name).second; ++number) {
      name = fmt::format("{} ({}){}", stem, number, ending);
    }
    names.push_back(std::move(name));
  }
  return names;
}

}  // namespace kalends::telegram
