// What Telegram, or who pretends to be Telegram, sends: updates with texts, deep links and files.
#include "adapters/telegram/update.h"

#include "adapters/telegram/html.h"
#include "tests/fuzz/fuzz.h"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  using namespace kalends;
  const auto json = nlohmann::json::parse(fuzz::Text(data, size), nullptr, false);
  const auto id = telegram::UpdateIdOf(json);
  const auto update = telegram::ParseUpdate(json);
  if (!update) return 0;
  fuzz::Require(id == update->id, "an update has the id it is confirmed by");
  fuzz::Require(!update->name.empty(), "everybody has a name");
  const auto* typed = std::get_if<telegram::Typed>(&update->what);
  if (typed != nullptr && typed->file) {
    fuzz::Require(!typed->file->file_id.empty(), "a file can be fetched");
  }
  if (typed != nullptr && !typed->text.empty()) {
    const std::string html = telegram::EscapeHtml(telegram::Shorten(typed->text, 100));
    fuzz::Require(html.find('<') == std::string::npos, "no markup gets through");
  }
  return 0;
}
