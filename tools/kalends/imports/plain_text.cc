#include "tools/kalends/imports/plain_text.h"

#include <fmt/format.h>
#include <unicode/ucnv.h>
#include <unicode/unistr.h>

#include "core/base/text.h"

namespace kalends::cli {
namespace {

constexpr std::string_view kUtf8Mark = "\xEF\xBB\xBF";

bool IsKnown(const std::string& encoding) {
  UErrorCode error = U_ZERO_ERROR;
  ucnv_close(ucnv_open(encoding.c_str(), &error));
  return U_SUCCESS(error) != 0;
}

std::string Convert(const std::string& bytes, const std::string& encoding) {
  std::string text;
  icu::UnicodeString(bytes.data(), static_cast<std::int32_t>(bytes.size()), encoding.c_str())
      .toUTF8String(text);
  return text;
}

}  // namespace

absl::StatusOr<std::string> ToUtf8(std::string bytes, const std::string& encoding) {
  if (encoding.empty()) {
    if (bytes.starts_with(kUtf8Mark)) bytes.erase(0, kUtf8Mark.size());
    const bool is_utf16 = bytes.starts_with("\xFF\xFE") || bytes.starts_with("\xFE\xFF");
    if (is_utf16) return Convert(bytes, "UTF-16");
    return core::IsUtf8(bytes) ? bytes : Convert(bytes, "windows-1252");
  }
  if (!IsKnown(encoding)) {
    return absl::InvalidArgumentError(fmt::format("--encoding {} is not known.", encoding));
  }
  if (ucnv_compareNames(encoding.c_str(), "UTF-8") != 0) return Convert(bytes, encoding);
  if (bytes.starts_with(kUtf8Mark)) bytes.erase(0, kUtf8Mark.size());
  if (!core::IsUtf8(bytes)) return absl::InvalidArgumentError("The file is not UTF-8.");
  return bytes;
}

}  // namespace kalends::cli
