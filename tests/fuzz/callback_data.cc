// What a button carries back may be any bytes.
#include "adapters/telegram/actions.h"
#include "tests/fuzz/fuzz.h"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  using namespace kalends;
  const std::string_view text = fuzz::Text(data, size);
  const auto action = telegram::Decode(text);
  if (!action) return 0;
  const std::string written = telegram::Encode(*action);
  fuzz::Require(written.size() <= telegram::kCallbackDataBytesMax, "an action fits into a button");
  const auto again = telegram::Decode(written);
  fuzz::Require(again && telegram::Encode(*again) == written,
                "reading gives back what was written");
  return 0;
}
