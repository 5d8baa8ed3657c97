#include "adapters/telegram/action.h"

#include <algorithm>
#include <cassert>

namespace kalends::telegram {
namespace {

constexpr std::string_view kDataVersion = "1:";

}  // namespace

std::string_view CodeIn(std::string_view callback_data) {
  if (callback_data.size() > kCallbackDataBytesMax || !callback_data.starts_with(kDataVersion)) {
    return {};
  }
  callback_data.remove_prefix(kDataVersion.size());
  return callback_data.substr(0, callback_data.find(':'));
}

namespace internal {

std::string WriteAction(std::string_view code, std::span<const FieldToWrite> fields) {
  std::string data;
  data.reserve(kCallbackDataBytesMax);
  data.append(kDataVersion).append(code);
  for (const FieldToWrite& field : fields) {
    data += ':';
    field.write(data, field.field);
  }
  assert(data.size() <= kCallbackDataBytesMax);
  return data;
}

// A last field takes all that is left: zones have colons.
bool ReadAction(std::string_view data, std::span<const FieldToRead> fields) {
  std::size_t end = data.find(':', kDataVersion.size());
  for (std::size_t i = 0; i < fields.size(); ++i) {
    if (end == std::string_view::npos) return false;
    data.remove_prefix(end + 1);
    end = i + 1 == fields.size() ? std::string_view::npos : data.find(':');
    if (!fields[i].read(data.substr(0, end), fields[i].field)) return false;
  }
  return end == std::string_view::npos;
}

}  // namespace internal
}  // namespace kalends::telegram
