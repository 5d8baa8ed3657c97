// Tables out of a dump that mysqldump, MariaDB or phpMyAdmin wrote. Reads CREATE TABLE for the
// order of columns and INSERT INTO for rows; runs nothing, and skips every other statement.
#pragma once

#include <functional>
#include <map>
#include <string>
#include <string_view>

#include "absl/status/statusor.h"
#include "tools/kalends/imports/table.h"

namespace kalends::cli {

inline constexpr std::size_t kDumpCellBytesMax = std::size_t{1} << 20;

// The tables whose names `wanted` says yes to, by name. NULL is an empty cell. INVALID_ARGUMENT,
// with the line: what cannot be read as such a statement. RESOURCE_EXHAUSTED: larger than the
// limits here and in table.h. Takes time and memory of the order of `text`, whatever it holds.
absl::StatusOr<std::map<std::string, Table>> ReadSqlDump(
    std::string_view text, const std::function<bool(std::string_view table)>& wanted);

}  // namespace kalends::cli
