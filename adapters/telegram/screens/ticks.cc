#include "adapters/telegram/screens/ticks.h"

#include <boost/crc.hpp>

namespace kalends::telegram {

int MarkOf(const std::vector<std::string>& rows) {
  boost::crc_32_type crc;
  for (const std::string& row : rows) crc.process_bytes(row.c_str(), row.size() + 1);
  return static_cast<int>(crc.checksum() & ((1U << 19U) - 1));
}

std::string TickLabel(bool ticked, const std::string& label) {
  return (ticked ? "☑️ " : "☐ ") + label;
}

}  // namespace kalends::telegram
