// Durations, prices and hours as people type them.
#include "adapters/telegram/screens/catalog.h"
#include "adapters/telegram/screens/schedule.h"
#include "tests/fuzz/fuzz.h"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  using namespace kalends;
  const std::string_view text = fuzz::Text(data, size);
  if (const auto minutes = telegram::ParseDuration(text)) {
    fuzz::Require(*minutes > 0 && *minutes <= 24 * 60, "a duration is at most a day");
  }
  if (const auto price = telegram::ParsePrice(text, "EUR")) {
    fuzz::Require(price->minor_units >= 0 && price->currency.size() == 3, "a price is one");
  }
  for (const telegram::HourSpan& span : telegram::ParseHours(text)) {
    fuzz::Require(span.from >= 0 && span.from < 24 * 60 && span.to >= 0 && span.to <= 24 * 60,
                  "hours lie within a day");
  }
  return 0;
}
