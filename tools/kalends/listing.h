// Lists of the core, to the last page, and what they are printed as.
#pragma once

#include <fmt/format.h>
#include <google/protobuf/message.h>
#include <google/protobuf/timestamp.pb.h>

#include <algorithm>
#include <cstdint>
#include <functional>
#include <string>

#include "core/base/status_macros.h"
#include "tools/kalends/command.h"
#include "tools/kalends/table.h"

namespace kalends::cli {

inline constexpr int kPageSize = 200;  // The most that the core gives at a time.

// 0: all.
using Limit = std::int64_t;
void AddLimit(CLI::App& command, Limit& limit);

// A message on a line, by protobuf's JSON mapping: names as displayName, no fields that are unset.
std::string JsonLine(const google::protobuf::Message& message);

// Empty: unset.
std::string TimeIn(const core::TimeZone& zone, const google::protobuf::Timestamp& time);

// The last word of an enum's value, in small letters: STATE_OPEN is "open", of `prefix` "STATE_".
std::string WordOf(const std::string& value, std::string_view prefix);

// Calls `take` with the answers to `request`, page by page, until the last, or `limit` items were
// asked for.
template <typename Answer, typename Request, typename Take>
absl::Status EachPage(const Connection& core, Request request, const std::string& account,
                      Limit limit, Take take) {
  Limit left = limit;
  do {
    request.set_page_size(limit == 0 ? kPageSize
                                     : static_cast<int>(std::min<Limit>(left, kPageSize)));
    ASSIGN_OR_RETURN(const Answer answer, core.Call<Answer>(request, account));
    take(answer);
    request.set_page_token(answer.next_page_token());
    left -= request.page_size();
  } while (!request.page_token().empty() && (limit == 0 || left > 0));
  return absl::OkStatus();
}

// Prints a list: a table for people, or a line of JSON for each item. `items` takes them out of an
// answer, `cells` makes a row of one.
template <typename Answer, typename Request, typename Items, typename Cells>
absl::StatusOr<int> PrintList(Context& context, const Request& request, const std::string& account,
                              Limit limit, std::vector<std::string> heading, Items items,
                              Cells cells) {
  ASSIGN_OR_RETURN(const Connection* const core, context.Core());
  PrintedTable table(std::move(heading));
  const auto print = [&](const Answer& answer) {
    for (const auto& item : items(answer)) {
      if (context.said().json) {
        fmt::print("{}\n", JsonLine(item));
      } else {
        table.Add(cells(item));
      }
    }
    fmt::print("{}", table.Take());
    std::fflush(stdout);  // What reads along sees each page as it comes.
  };
  RETURN_IF_ERROR(EachPage<Answer>(*core, request, account, limit, print));
  return 0;
}

}  // namespace kalends::cli
