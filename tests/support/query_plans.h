// Every statement that a test binary runs on a database is looked at when its tests are done: it
// must be answered from indexes, so that what it costs depends on what it returns, and not on how
// much is stored. A binary is watched when query_plans.cc is among its sources.
#pragma once

#include <string>
#include <string_view>

namespace kalends::test {

inline constexpr std::string_view kOfTest = "/* of a test */ ";

// Marks a statement that no program runs, and that may therefore read whole tables.
inline std::string OfTest(std::string_view sql) { return std::string(kOfTest).append(sql); }

}  // namespace kalends::test
