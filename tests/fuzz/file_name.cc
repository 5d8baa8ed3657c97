// File names and media types as people's devices, or attackers, say them.
#include "core/documents/file_name.h"

#include "adapters/web/disposition.h"
#include "core/base/limits.h"
#include "core/base/text.h"
#include "tests/fuzz/fuzz.h"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  using namespace kalends;
  const std::string_view text = fuzz::Text(data, size);
  const std::string name = core::CleanFileName(text);
  fuzz::Require(!name.empty() && name != "." && name != "..", "a file has a name");
  std::size_t count = 0;
  for (std::string_view rest = name; !rest.empty(); ++count) {
    const auto point = core::TakeCodePoint(rest);
    fuzz::Require(point.has_value(), "it is UTF-8");
    fuzz::Require(*point >= 0x20 && *point != 0x7F && *point != '/' && *point != '\\',
                  "it has no path and no control characters");
    fuzz::Require(*point < 0x202A || *point > 0x202E, "it does not turn round");
  }
  fuzz::Require(count <= core::kFileNameCharsMax, "it is short");
  fuzz::Require(core::CleanFileName(name) == name, "what is clean stays as it is");
  if (const auto type = core::CleanContentType(text)) {
    fuzz::Require(core::CleanContentType(*type) == type, "a clean type stays as it is");
  }
  const std::string header = web::AttachmentDisposition(text);
  fuzz::Require(header.starts_with("attachment"), "a download is saved");
  for (const char c : header) fuzz::Require(c >= 0x20 && c < 0x7F, "a header is ASCII of one line");
  return 0;
}
