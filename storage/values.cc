#include "storage/values.h"

#include <charconv>
#include <stdexcept>

namespace kalends::storage {

std::string JoinNumbers(std::span<const std::int64_t> numbers) {
  std::string text;
  for (const std::int64_t number : numbers) {
    if (!text.empty()) text.push_back(',');
    text.append(std::to_string(number));
  }
  return text;
}

std::vector<std::int64_t> SplitNumbers(std::string_view text) {
  std::vector<std::int64_t> numbers;
  const char* next = text.data();
  const char* const end = text.data() + text.size();
  while (next != end) {
    std::int64_t number = 0;
    const auto [stop, error] = std::from_chars(next, end, number);
    if (error != std::errc() || (stop != end && *stop != ',')) {
      throw std::runtime_error("a column holds no list of numbers");
    }
    numbers.push_back(number);
    next = stop == end ? end : stop + 1;
  }
  return numbers;
}

bool HasRow(Transaction& tx, std::string_view sql, std::initializer_list<Value> values) {
  bool has = false;
  tx.Query(sql, values, [&](const Row&) { has = true; });
  return has;
}

std::int64_t NumberOf(Transaction& tx, std::string_view sql, std::initializer_list<Value> values) {
  return RowOf(tx, sql, values, [](const Row& row) { return row.Int(0); }).value();
}

}  // namespace kalends::storage
