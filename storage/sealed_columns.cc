#include "storage/sealed_columns.h"

#include "core/base/id.h"

namespace kalends::storage {
namespace {

using Names = SealedColumn::Names;

constexpr SealedColumn kSealedColumns[] = {
    {"appointments", "note", "SELECT note, id FROM appointments WHERE length(note) > 0"},
    {"blobs", "wrapped_key", "SELECT wrapped_key, id FROM blobs", Names::kTexts, true},
    {"documents", "file_name",
     "SELECT file_name, provider_id, customer_id, id FROM documents WHERE length(file_name) > 0",
     Names::kIds},
    {"message_versions", "text",
     "SELECT text, provider_id, customer_id, number, version FROM message_versions"},
    {"messages", "content", "SELECT content, provider_id, customer_id, number FROM messages"},
    {"requests", "response", "SELECT response, scope, request_id FROM requests", Names::kTexts},
    {"ticket_message_versions", "text",
     "SELECT text, ticket_id, number, version FROM ticket_message_versions"},
    {"ticket_messages", "answered_by",
     "SELECT answered_by, ticket_id, number FROM ticket_messages WHERE answered_by IS NOT NULL"},
    {"ticket_messages", "content", "SELECT content, ticket_id, number FROM ticket_messages"},
};

std::string NameAt(const Row& row, int column, Names names) {
  switch (names) {
    case Names::kTexts:
      return row.Text(column);
    case Names::kIds:
      return core::EncodeId(row.Int(column));
    case Names::kNumbers:
      break;
  }
  return std::to_string(row.Int(column));
}

// How many columns name a row: those behind the first comma.
int NamesIn(std::string_view sql) {
  int names = 0;
  for (const char c : sql.substr(0, sql.find(" FROM "))) names += c == ',' ? 1 : 0;
  return names;
}

}  // namespace

std::span<const SealedColumn> SealedColumns() { return kSealedColumns; }

void EachSealed(Transaction& tx, const SealedColumn& column,
                const std::function<void(std::string_view sealed, const std::string& row)>& each) {
  const int names = NamesIn(column.sql);
  tx.Query(column.sql, {}, [&](const Row& row) {
    std::string place = std::string(column.table) + "." + std::string(column.column);
    for (int name = 1; name <= names; ++name) place += "/" + NameAt(row, name, column.names);
    each(row.Text(0), place);
  });
}

}  // namespace kalends::storage
