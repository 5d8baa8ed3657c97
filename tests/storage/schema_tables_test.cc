// What tests of erasures and exports ask of the schema.
#include "tests/support/schema_tables.h"

#include <gmock/gmock.h>

#include "tests/storage/sample.h"

namespace kalends::storage {
namespace {

using testing::ElementsAre;
using testing::IsEmpty;

TEST(TablesOfNobody, LeadToNobodyByKeyOrByColumn) {
  Store store;
  std::set<std::string> of_nobody;
  for (const TableRow& table : kTablesOfNobody) of_nobody.emplace(table.name);
  // Whether the table refers to one of somebody's, or has a column that is called like people.
  const auto leads_to_people = [&](const std::string& table) {
    return store.Read([&](Transaction& tx) {
      bool leads = false;
      for (const std::string& other : TablesReferredToBy(tx, table)) {
        leads |= !of_nobody.contains(other);
      }
      for (const std::string& column : ColumnsIn(tx, table)) {
        for (const char* person : {"account", "customer", "provider", "specialist", "organization",
                                   "recipient", "requester", "sender", "identity"}) {
          leads |= column.find(person) != std::string::npos;
        }
      }
      return leads;
    });
  };
  for (const std::string& table : of_nobody) EXPECT_FALSE(leads_to_people(table)) << table;
  // The test itself: by a column, by a key to such a table.
  EXPECT_TRUE(leads_to_people("links"));
  EXPECT_TRUE(leads_to_people("ticket_bridges"));
}

TEST(Complaints, TellOfEachTableThatIsForgottenTwiceOrNotThere) {
  std::set<std::string> tables{"accounts", "links"};
  for (const TableRow& table : kTablesOfNobody) tables.emplace(table.name);
  EXPECT_THAT(Complaints(tables, {"accounts", "links"}), IsEmpty());
  EXPECT_THAT(Complaints(tables, {"links"}), ElementsAre("accounts is not named"));
  EXPECT_THAT(Complaints(tables, {"accounts", "links", "links"}),
              ElementsAre("links is named twice"));
  EXPECT_THAT(Complaints(tables, {"accounts", "links", "watermarks"}),
              ElementsAre("watermarks is named twice"));
  EXPECT_THAT(Complaints(tables, {"accounts", "links", "ties"}), ElementsAre("ties is no table"));
}

}  // namespace
}  // namespace kalends::storage
