// Resource names, ids and page tokens.
#include "core/server/names.h"

#include "core/base/id.h"
#include "tests/fuzz/fuzz.h"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  using namespace kalends;
  const std::string_view text = fuzz::Text(data, size);
  if (const auto id = core::DecodeId(text)) {
    fuzz::Require(*id >= 0 && core::EncodeId(*id) == text, "an id has one spelling");
  }
  if (const auto parts = server::MatchName("providers/*/links/*/documents/*", text)) {
    fuzz::Require(parts->size() == 3, "each star stands for one part");
    for (const std::string_view part : *parts) {
      fuzz::Require(!part.empty() && part.find('/') == std::string_view::npos, "a part is one");
    }
  }
  const auto forged = server::DecodePageToken("List", text, 2);
  if (forged.ok() && *forged) {
    fuzz::Require((*forged)->size() == 2, "a token has the parts of its list");
  }
  // Two parts, one before and one after the first byte that cannot be in either.
  const std::size_t cut = std::min(text.find('\x1f'), text.size());
  const std::vector<std::string> place{std::string(text.substr(0, cut)), "2"};
  const auto read = server::DecodePageToken("List", server::EncodePageToken("List", place), 2);
  fuzz::Require(read.ok() && *read == place, "a token gives back the place");
  fuzz::Require(!server::DecodePageToken("Other", server::EncodePageToken("List", place), 2).ok(),
                "a token is good for its list only");
  if (const auto number = server::TokenNumber(std::string(text)); number.ok()) {
    fuzz::Require(server::TokenNumber(std::to_string(*number)).value() == *number,
                  "a number is one");
  }
  return 0;
}
