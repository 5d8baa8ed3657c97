// What the core keeps for a chat: an older version, or anything else, must not get in the way.
#include "adapters/telegram/session.h"

#include "tests/fuzz/fuzz.h"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  using namespace kalends;
  const telegram::Session session = telegram::ReadSession(fuzz::Text(data, size));
  const std::string written = telegram::WriteSession(session);
  fuzz::Require(telegram::WriteSession(telegram::ReadSession(written)) == written,
                "reading gives back what was written");
  return 0;
}
