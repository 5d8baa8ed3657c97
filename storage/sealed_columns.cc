#include "storage/sealed_columns.h"

#include <fmt/format.h>

#include <algorithm>
#include <stdexcept>
#include <vector>

#include "absl/strings/escaping.h"
#include "absl/strings/str_split.h"
#include "core/base/id.h"
#include "storage/row_name.h"
#include "storage/values.h"

namespace kalends::storage {
namespace {

using Names = SealedColumn::Names;
using As = SealedColumn::As;

constexpr SealedColumn kSealedColumns[] = {
    {"accounts", "display_name", {"id"}, Names::kNumbers, As::kText},
    {"appointment_notes", "text", {"appointment_id"}},
    {"appointments", "note", {"id"}},
    {"appointments", "place", {"id"}, Names::kNumbers, As::kText},
    {"blobs", "wrapped_key", {"id"}, Names::kTexts, As::kKey, false},
    {"busy_calendars", "address", {"provider_id", "id"}, Names::kNumbers, As::kText},
    {"busy_calendars", "password", {"provider_id", "id"}, Names::kNumbers, As::kText},
    {"busy_calendars", "user_name", {"provider_id", "id"}, Names::kNumbers, As::kText},
    {"closures", "label", {"provider_id", "id"}, Names::kNumbers, As::kText},
    {"consent_versions",
     "file_name",
     {"provider_id", "document_id", "number"},
     Names::kNumbers,
     As::kText,
     true,
     "blob_id IS NOT NULL"},
    {"documents", "file_name", {"provider_id", "customer_id", "id"}, Names::kIds},
    {"feeds", "sealed_token", {"account_id", "role"}, Names::kNumberAndWord, As::kText, false},
    {"invitations", "label", {"provider_id", "id"}, Names::kNumbers, As::kText},
    {"invitations", "sealed_code", {"provider_id", "id"}, Names::kNumbers, As::kCode},
    {"link_notes", "text", {"provider_id", "customer_id"}},
    {"message_versions",
     "text",
     {"provider_id", "customer_id", "number", "version"},
     Names::kNumbers,
     As::kByUseCase,
     false},
    {"messages",
     "content",
     {"provider_id", "customer_id", "number"},
     Names::kNumbers,
     As::kByUseCase,
     false},
    {"notifications", "reason", {"id"}, Names::kNumbers, As::kText},
    {"package_payments",
     "note",
     {"provider_id", "sold_package_id", "id"},
     Names::kNumbers,
     As::kText},
    {"payments", "note", {"provider_id", "appointment_id", "id"}, Names::kNumbers, As::kText},
    {"pictures", "caption", {"provider_id", "id"}, Names::kNumbers, As::kText},
    {"profile_translations",
     "about",
     {"provider_id", "language"},
     Names::kNumbers,
     As::kText,
     false},
    {"profiles", "about", {"provider_id"}, Names::kNumbers, As::kText},
    {"profiles", "address", {"provider_id"}, Names::kNumbers, As::kText},
    {"profiles", "email", {"provider_id"}, Names::kNumbers, As::kText},
    {"profiles", "map_link", {"provider_id"}, Names::kNumbers, As::kText},
    {"profiles", "phone", {"provider_id"}, Names::kNumbers, As::kText},
    {"profiles", "website", {"provider_id"}, Names::kNumbers, As::kText},
    {"providers", "reminder_text", {"id"}, Names::kNumbers, As::kText},
    {"requests", "response", {"scope", "request_id"}, Names::kTexts},
    {"services", "payment_link", {"provider_id", "id"}, Names::kNumbers, As::kText},
    {"services", "place", {"provider_id", "id"}, Names::kNumbers, As::kText},
    {"sessions", "data", {"name"}, Names::kTexts, As::kBytes},
    {"social_profiles", "label", {"provider_id", "position"}, Names::kNumbers, As::kText},
    {"social_profiles", "url", {"provider_id", "position"}, Names::kNumbers, As::kText},
    {"special_dates", "label", {"provider_id", "date_d"}, Names::kNumbers, As::kText},
    {"status_changes", "reason", {"appointment_id", "position"}, Names::kNumbers, As::kText},
    {"ticket_message_versions",
     "text",
     {"ticket_id", "number", "version"},
     Names::kNumbers,
     As::kByUseCase,
     false},
    {"ticket_messages", "answered_by", {"ticket_id", "number"}},
    {"ticket_messages", "content", {"ticket_id", "number"}, Names::kNumbers, As::kByUseCase, false},
};

bool IsBase64(const SealedColumn& column) {
  return column.as == As::kText || column.as == As::kCode;
}

std::string KeyAt(const Row& row, int column, Names names) {
  switch (names) {
    case Names::kTexts:
      return row.Text(column);
    case Names::kIds:
      return core::EncodeId(row.Int(column));
    case Names::kNumberAndWord:
      if (column > 1) return row.Text(column);
      break;
    case Names::kNumbers:
      break;
  }
  return std::to_string(row.Int(column));
}

}  // namespace

std::span<const SealedColumn> SealedColumns() { return kSealedColumns; }

bool IsSealedByQueries(const SealedColumn& column) {
  return IsBase64(column) || column.as == As::kBytes;
}

std::string NameOf(const SealedColumn& column) {
  return fmt::format("{}.{}", column.table, column.column);
}

std::optional<SealedColumn> FindSealedColumn(std::string_view name) {
  const auto* const found =
      std::find_if(std::begin(kSealedColumns), std::end(kSealedColumns),
                   [&](const SealedColumn& one) { return NameOf(one) == name; });
  return found == std::end(kSealedColumns) ? std::nullopt : std::optional(*found);
}

std::vector<std::string_view> KeysOf(const SealedColumn& column) {
  std::vector<std::string_view> keys(column.keys.begin(), column.keys.end());
  std::erase(keys, "");
  return keys;
}

void EachSealed(Transaction& tx, const SealedColumn& column,
                const std::function<void(std::string_view sealed, const std::string& row)>& each) {
  const std::vector<std::string_view> keys = KeysOf(column);
  std::string sql = fmt::format("SELECT {}, {} FROM {} WHERE {}", column.column,
                                fmt::join(keys, ", "), column.table, column.only);
  if (column.may_be_empty) sql += fmt::format(" AND length({}) > 0", column.column);
  tx.Query(sql, {}, [&](const Row& row) {
    std::string place = NameOf(column);
    for (int key = 1; key <= static_cast<int>(keys.size()); ++key) {
      place += "/" + KeyAt(row, key, column.names);
    }
    std::string sealed = row.IsSound(0) ? row.Text(0) : std::string();
    if (IsBase64(column) && !absl::Base64Unescape(std::string(sealed), &sealed)) sealed.clear();
    each(sealed, place);
  });
}

std::string ShownPlace(const SealedColumn& column, std::string_view row) {
  if (column.names == Names::kIds || column.names == Names::kTexts) return std::string(row);
  std::string shown = NameOf(column);
  const std::string_view ids = row.substr(shown.size() + 1);
  const std::vector<std::string_view> keys = KeysOf(column);
  std::size_t key = 0;
  for (const std::string& id : std::vector<std::string>(absl::StrSplit(std::string(ids), '/'))) {
    const bool is_word = column.names == Names::kNumberAndWord && key > 0;
    shown += "/" + (is_word ? id : KeyText(keys.at(key), std::stoll(id)));
    ++key;
  }
  return shown;
}

std::optional<std::string> KeptAt(Transaction& tx, std::string_view place) {
  const std::string name(place.substr(0, place.find('/')));
  const auto column = FindSealedColumn(name);
  if (!column) throw std::logic_error("nobody knows how a column is sealed");
  const std::vector<std::string_view> keys = KeysOf(*column);
  const std::string_view ids = place.substr(name.size() + 1);
  std::vector<Value> values;
  std::string condition;
  if (column->names == Names::kTexts) {
    values.emplace_back(ids);
  } else {
    for (const std::string_view id : std::vector<std::string_view>(absl::StrSplit(ids, '/'))) {
      if (column->names == Names::kNumberAndWord && !values.empty()) {
        values.emplace_back(id);
      } else {
        values.emplace_back(std::int64_t{std::stoll(std::string(id))});
      }
    }
  }
  for (std::size_t key = 0; key < keys.size(); ++key) {
    fmt::format_to(std::back_inserter(condition), "{}{} = ${}", key == 0 ? "" : " AND ", keys[key],
                   key + 1);
  }
  std::optional<std::string> kept;
  tx.Query(fmt::format("SELECT {} FROM {} WHERE {}", column->column, column->table, condition),
           values, [&](const Row& row) { kept = row.Bytes(0); });
  return kept;
}

}  // namespace kalends::storage
