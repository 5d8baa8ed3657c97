// A list as a value: what a List method shows page by page, and an export as a whole.
#pragma once

#include <google/protobuf/message.h>

#include <algorithm>
#include <cstdint>
#include <functional>
#include <limits>
#include <optional>
#include <string>
#include <tuple>
#include <type_traits>
#include <vector>

#include "absl/status/statusor.h"
#include "core/app/context.h"
#include "core/base/error.h"
#include "core/base/status_macros.h"
#include "core/base/time.h"
#include "core/server/names.h"
#include "storage/unreadable.h"

namespace kalends::server {

// The place before which a list by number, the newest first, begins.
inline constexpr std::int64_t kFromTheLast = std::numeric_limits<std::int64_t>::max();

// `Cursor` is the place of a row in the order: an id, a number, a text, an instant, or a struct of
// two or three of these.
template <typename Row, typename Cursor, typename Message>
struct Listing {
  using Item = Message;

  // The first `limit` rows behind `after`; nullopt: from the beginning. What cannot be read is left
  // out (storage::LeaveOut): ask by LoadReadable.
  std::function<absl::StatusOr<std::vector<Row>>(const app::ReadContext& cx,
                                                 const std::optional<Cursor>& after, int limit)>
      load;
  std::function<Cursor(const Row& row)> place;
  std::function<void(const app::ReadContext& cx, const Row& row, Message* message)> encode;
};

// A place as the texts of a page token, and back; false: it is none.
inline std::string EncodePlacePart(const std::string& text) { return text; }
inline std::string EncodePlacePart(core::Instant at) {
  return std::to_string(core::ToUnixSeconds(at));
}
template <typename Part>
std::string EncodePlacePart(const Part& part) {
  if constexpr (std::is_integral_v<Part>) {
    return std::to_string(part);
  } else {
    return part.ToString();
  }
}

inline bool DecodePlacePart(const std::string& text, std::string& part) {
  part = text;
  return true;
}
template <typename Part>
bool DecodePlacePart(const std::string& text, Part& part) {
  if constexpr (requires { Part::Parse(text); }) {
    const auto parsed = Part::Parse(text);
    if (parsed) part = *parsed;
    return parsed.has_value();
  } else {
    const auto number = TokenNumber(text);
    if (!number.ok()) return false;
    if constexpr (std::is_same_v<Part, core::Instant>) {
      part = core::FromUnixSeconds(*number);
    } else {
      part = static_cast<Part>(*number);
      return static_cast<std::int64_t>(part) == *number;
    }
    return true;
  }
}

// The parts of a cursor, as references.
template <typename Cursor>
auto PlaceParts(Cursor& cursor) {
  using Plain = std::remove_const_t<Cursor>;
  constexpr bool kOnePart = std::is_integral_v<Plain> || std::is_same_v<Plain, std::string> ||
                            std::is_same_v<Plain, core::Instant> || requires { cursor.ToString(); };
  if constexpr (kOnePart) {
    return std::tie(cursor);
  } else if constexpr (requires { Plain{{}, {}, {}}; }) {
    auto& [first, second, third] = cursor;
    return std::tie(first, second, third);
  } else {
    auto& [first, second] = cursor;
    return std::tie(first, second);
  }
}

template <typename Cursor>
std::vector<std::string> EncodePlace(const Cursor& cursor) {
  return std::apply(
      [](const auto&... parts) { return std::vector<std::string>{EncodePlacePart(parts)...}; },
      PlaceParts(cursor));
}

// nullopt for the empty token; INVALID_PAGE_TOKEN.
template <typename Cursor>
absl::StatusOr<std::optional<Cursor>> DecodePlace(std::string_view list, std::string_view token) {
  Cursor cursor{};
  const auto parts = PlaceParts(cursor);
  constexpr std::size_t kParts = std::tuple_size_v<decltype(parts)>;
  ASSIGN_OR_RETURN(const auto texts, DecodePageToken(list, token, kParts));
  if (!texts) return std::optional<Cursor>();
  std::size_t at = 0;
  const bool decoded = std::apply(
      [&](auto&... part) { return (DecodePlacePart((*texts)[at++], part) && ...); }, parts);
  if (!decoded) return core::Error(core::Reason::kInvalidPageToken);
  return std::optional<Cursor>(cursor);
}

// What the List methods have in common, found in their messages once: `page_size`, `page_token` and
// `next_page_token`, and the one repeated field of the listed message.
struct PageFields {
  const google::protobuf::FieldDescriptor* page_size = nullptr;
  const google::protobuf::FieldDescriptor* page_token = nullptr;
  const google::protobuf::FieldDescriptor* items = nullptr;
  const google::protobuf::FieldDescriptor* next_page_token = nullptr;

  // nullopt: the messages are not those of a List method of `item`.
  static std::optional<PageFields> Find(const google::protobuf::Descriptor& request,
                                        const google::protobuf::Descriptor& response,
                                        const google::protobuf::Descriptor& item);
};

// A page that is asked for.
struct PageRequest {
  // The method, all that was asked but the page, and for whom: a token is good for this alone.
  std::string list;
  std::string token;
  int limit = 0;
};
// INVALID_FIELD.
absl::StatusOr<PageRequest> DecodePage(const app::ReadContext& cx, const PageFields& fields,
                                       const google::protobuf::Message& request);

// The first `limit` rows behind `after` that can be read; fewer: that was all.
template <typename Row, typename Cursor, typename Message>
absl::StatusOr<std::vector<Row>> LoadReadable(const app::ReadContext& cx,
                                              const Listing<Row, Cursor, Message>& listing,
                                              const std::optional<Cursor>& after, int limit) {
  absl::Status failed;
  auto rows = storage::FirstReadable(cx.tx, limit, [&](int asked) {
    auto loaded = listing.load(cx, after, asked);
    failed.Update(loaded.status());
    return loaded.ok() ? *std::move(loaded) : std::vector<Row>();
  });
  RETURN_IF_ERROR(failed);
  return rows;
}

template <typename Row, typename Cursor, typename Message>
absl::Status AnswerPage(const app::ReadContext& cx, const Listing<Row, Cursor, Message>& listing,
                        const PageFields& fields, const google::protobuf::Message& request,
                        google::protobuf::Message* response) {
  ASSIGN_OR_RETURN(const PageRequest page, DecodePage(cx, fields, request));
  ASSIGN_OR_RETURN(const auto after, DecodePlace<Cursor>(page.list, page.token));
  ASSIGN_OR_RETURN(const std::vector<Row> rows, LoadReadable(cx, listing, after, page.limit + 1));
  const google::protobuf::Reflection& reflection = *response->GetReflection();
  const std::size_t shown = std::min(rows.size(), static_cast<std::size_t>(page.limit));
  for (std::size_t i = 0; i < shown; ++i) {
    const storage::LeaveOut left_out(cx.tx);
    const auto encoded = storage::IfReadable(cx.tx, [&] {
      listing.encode(cx, rows[i],
                     static_cast<Message*>(reflection.AddMessage(response, fields.items)));
      return true;
    });
    if (!encoded) reflection.RemoveLast(response, fields.items);
  }
  if (rows.size() > shown) {
    reflection.SetString(response, fields.next_page_token,
                         EncodePageToken(page.list, EncodePlace(listing.place(rows[shown - 1]))));
  }
  return absl::OkStatus();
}

}  // namespace kalends::server
