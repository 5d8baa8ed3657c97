// Rows that triggers keep from being changed or deleted are not replaced either, by statements as
// somebody writes them into the sqlite3 shell: foreign keys are off there, and so are the triggers
// of what a REPLACE deletes.
#include <SQLiteCpp/SQLiteCpp.h>
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <map>
#include <set>

#include "storage/sqlite/migrate.h"

namespace kalends::storage {
namespace {

// A row of each such table, in an order in which the triggers of insertion take them.
const std::vector<std::pair<std::string, std::string>> kRows = {
    {"api_keys", "(id, hash, label, scopes, created_s) VALUES (1, x'01', 'first', 'admin', 5)"},
    {"appointments",
     "(id, provider_id, specialist_id, customer_id, service_id, service_name, start_s, end_s,"
     " hold_start_s, hold_end_s, status, capacity, price_minor, price_currency, place, created_s,"
     " agreed_wall_s, agreed_zone, agreed_offset_s, agreed_rules)"
     " VALUES (3, 2, 2, 1, 9, '', 0, 60, 0, 60, 'REJECTED', 1, 100, 'EUR', '', 0, 0, 'UTC', 0, "
     "'')"},
    {"status_changes",
     "(appointment_id, position, to_status, when_s, actor, reason)"
     " VALUES (3, 1, 'PENDING', 0, 'CUSTOMER', '')"},
    {"payments",
     "(provider_id, appointment_id, id, kind, amount_minor, currency, note, received_s, created_s)"
     " VALUES (2, 3, 4, 'PAYMENT', 5, 'EUR', '', 0, 0)"},
    {"documents",
     "(provider_id, customer_id, id, uploader, file_name, content_type, size_bytes, blob_id,"
     " created_s) VALUES (2, 1, 5, 'CUSTOMER', x'01', 'text/plain', 1, 'blob', 0)"},
    {"consent_versions",
     "(provider_id, document_id, number, sha256, file_name, content_type, size_bytes, blob_id,"
     " created_s) VALUES (2, 6, 1, zeroblob(32), 'f', 'text/plain', 1, 'blob', 0)"},
    {"consent_records",
     "(provider_id, id, customer_id, document_id, number, decision, when_s, channel)"
     " VALUES (2, 7, 1, 6, 1, 'GIVEN', 0, 'telegram')"},
    {"messages",
     "(provider_id, customer_id, number, sender, sender_id, content, created_s)"
     " VALUES (2, 1, 1, 'CUSTOMER', 1, x'01', 0)"},
    {"message_versions",
     "(provider_id, customer_id, number, version, text, replaced_s) VALUES (2, 1, 1, 1, x'01', 0)"},
    {"ticket_messages",
     "(ticket_id, number, author, sender_id, content, created_s)"
     " VALUES (8, 1, 'CUSTOMER', 1, x'01', 0)"},
    {"ticket_message_versions",
     "(ticket_id, number, version, text, replaced_s) VALUES (8, 1, 1, x'01', 0)"},
    {"audit_lines",
     "(number, when_s, key_id, method, resource) VALUES (1, 0, 1, 'AdminService.CreateApiKey', "
     "'')"},
    {"sold_packages",
     "(provider_id, id, customer_id, package_id, display_name, visits, price_minor,"
     " price_currency, sold_s) VALUES (2, 10, 1, 11, 'Ten', 10, 100, 'EUR', 0)"},
    {"sold_package_services", "(provider_id, sold_package_id, service_id) VALUES (2, 10, 9)"},
    {"package_uses",
     "(provider_id, sold_package_id, number, appointment_id, kind, when_s)"
     " VALUES (2, 10, 1, 3, 'USED', 0)"},
    {"package_payments",
     "(provider_id, sold_package_id, id, kind, amount_minor, currency, note, received_s, created_s)"
     " VALUES (2, 10, 12, 'PAYMENT', 5, 'EUR', '', 0, 0)"},
    {"busy_calendars",
     "(provider_id, id, kind, address, user_name, password, all_day_free, created_s, version,"
     " next_fetch_s, lease, entity_tag, last_modified, http_status, failures, skipped)"
     " VALUES (2, 13, 'FILE', '', '', '', 0, 0, 1, 0, 7, '', '', 0, 0, 0)"},
    {"watermarks", ""},  // Has its row from the migrations.
};

using Names = std::vector<std::string>;

class AppendOnly : public testing::Test {
 protected:
  AppendOnly() {
    EXPECT_TRUE(Migrate(database_, Migrations()).ok());
    database_.exec("PRAGMA foreign_keys = OFF");
    for (const auto& [table, row] : kRows) {
      if (!row.empty()) database_.exec("INSERT INTO " + table + " " + row);
    }
  }

  Names Ask(const std::string& sql) {
    Names names;
    for (SQLite::Statement query(database_, sql); query.executeStep();) {
      names.push_back(query.getColumn(0).getString());
    }
    return names;
  }
  // All of the table's rows, whatever is in them.
  std::string Rows(const std::string& table) {
    std::string columns;
    for (const std::string& column : Ask("SELECT name FROM pragma_table_info('" + table + "')")) {
      columns += (columns.empty() ? "quote(" : " || ',' || quote(") + column + ")";
    }
    return testing::PrintToString(Ask("SELECT " + columns + " FROM " + table));
  }
  bool Refuses(const std::string& sql) { return database_.tryExec(sql) != SQLite::OK; }

  SQLite::Database database_{":memory:", SQLite::OPEN_READWRITE};
};

TEST_F(AppendOnly, EveryTableThatTriggersKeepHasARowHere) {
  std::set<std::string> rows;
  for (const auto& [table, row] : kRows) rows.insert(table);
  const Names kept =
      Ask("SELECT DISTINCT tbl_name FROM sqlite_schema WHERE type = 'trigger'"
          " AND (sql LIKE '%BEFORE UPDATE%' OR sql LIKE '%BEFORE DELETE%') AND sql LIKE '%RAISE%'");
  EXPECT_EQ(rows, std::set<std::string>(kept.begin(), kept.end()));
}

TEST_F(AppendOnly, NoRowIsReplacedByOneWithItsKey) {
  for (const auto& [table, row] : kRows) {
    const std::string before = Rows(table);
    EXPECT_NE(before, "{}") << table;
    EXPECT_TRUE(Refuses("REPLACE INTO " + table + " SELECT * FROM " + table)) << table;
    EXPECT_TRUE(Refuses("INSERT OR REPLACE INTO " + table + " SELECT * FROM " + table)) << table;
    EXPECT_EQ(Rows(table), before) << table;
  }
}

// A row with another key takes the place of one that has the same in a unique index.
TEST_F(AppendOnly, NorByOneThatIsItsLikeInAnotherUniqueIndex) {
  int tried = 0;
  for (const auto& [table, row] : kRows) {
    const Names key = Ask("SELECT name FROM pragma_table_info('" + table +
                          "') WHERE pk > 0 AND type = 'INTEGER'");
    for (const std::string& index : Ask("SELECT name FROM pragma_index_list('" + table +
                                        "') WHERE \"unique\" = 1 AND origin <> 'pk'")) {
      const Names same = Ask("SELECT name FROM pragma_index_info('" + index + "')");
      std::string columns;
      for (const std::string& column : Ask("SELECT name FROM pragma_table_info('" + table + "')")) {
        const bool moves = std::count(key.begin(), key.end(), column) > 0 &&
                           std::count(same.begin(), same.end(), column) == 0;
        columns += (columns.empty() ? "" : ", ") + column + (moves ? " + 1000" : "");
      }
      const std::string before = Rows(table);
      EXPECT_TRUE(Refuses("REPLACE INTO " + table + " SELECT " + columns + " FROM " + table))
          << index;
      EXPECT_EQ(Rows(table), before) << index;
      ++tried;
    }
  }
  EXPECT_GE(tried, 3);
}

// What the lists above are for.
TEST_F(AppendOnly, ALineIsNeitherChangedNorDeleted) {
  for (const char* table : {"audit_lines", "status_changes", "consent_records", "payments",
                            "package_payments", "package_uses"}) {
    const std::string before = Rows(table);
    const std::string key =
        Ask(std::string("SELECT name FROM pragma_table_info('") + table + "') WHERE pk > 0")
            .front();
    EXPECT_TRUE(Refuses(std::string("UPDATE ") + table + " SET " + key + " = " + key + " + 1"))
        << table;
    EXPECT_TRUE(Refuses(std::string("UPDATE OR REPLACE ") + table + " SET " + key + " = 1000"))
        << table;
    EXPECT_TRUE(Refuses(std::string("DELETE FROM ") + table)) << table;
    EXPECT_EQ(Rows(table), before) << table;
  }
}

}  // namespace
}  // namespace kalends::storage
