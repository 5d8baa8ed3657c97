// What Telegram, or who pretends to be Telegram, sends: updates with texts, deep links and files.
#include "adapters/telegram/update.h"

#include "adapters/telegram/api_result.h"
#include "adapters/telegram/html.h"
#include "adapters/telegram/json_reader.h"
#include "adapters/telegram/poll_plan.h"
#include "tests/fuzz/fuzz.h"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  using namespace kalends;
  const auto json = telegram::ReadJson(fuzz::Text(data, size));
  if (!json.is_discarded()) {
    const auto copy = json;
    fuzz::Require(telegram::ReadJson(copy.dump()) == json,
                  "what was read is text, and stays as it is");
  }
  telegram::FindUpdateId(fuzz::Text(data, size));
  const telegram::ApiResult answer = telegram::ReadAnswer(200, fuzz::Text(data, size));
  fuzz::Require(answer.retry_after_s >= 0, "nobody is to wait for less than nothing");
  telegram::PollPlan plan;
  plan.OnUpdates(json);
  fuzz::Require(plan.offset() >= 0, "no update leads back to the newest ones");
  const auto id = telegram::UpdateIdOf(json);
  const auto update = telegram::ParseUpdate(json, 1);
  if (!update) return 0;
  fuzz::Require(id == update->key.id, "an update has the id it is confirmed by");
  fuzz::Require(!update->name.empty(), "everybody has a name");
  const auto* typed = std::get_if<telegram::Typed>(&update->what);
  if (typed != nullptr && !typed->files.empty()) {
    fuzz::Require(!typed->files.front().file_id.empty(), "a file can be fetched");
  }
  if (typed != nullptr && !typed->text.empty()) {
    const std::string html = telegram::EscapeHtml(telegram::Shorten(typed->text, 100));
    fuzz::Require(html.find('<') == std::string::npos, "no markup gets through");
  }
  return 0;
}
