// Every column of the schema that is not sealed, damaged in turn in one row, as a disk does it: the
// core starts, answers everything with a reason that exists, writes nothing over it, and to
// everybody else it is as if nothing were.
#include <google/protobuf/dynamic_message.h>
#include <google/protobuf/util/message_differencer.h>
#include <gtest/gtest.h>

#include <filesystem>
#include <map>
#include <memory>
#include <optional>
#include <set>
#include <string>
#include <vector>

#include "storage/sqlite/table_checks.h"
#include "storage/sqlite/value_name.h"
#include "tests/core/server/access_matrix_rule.h"
#include "tests/core/server/access_matrix_world.h"
#include "tests/storage/sqlite/temporary_file.h"
#include "tests/support/damage.h"
#include "tests/support/export.h"
#include "tests/support/log_capture.h"
#include "tests/support/notification_stream.h"
#include "tests/support/text_columns.h"

namespace kalends::test {
namespace {

using google::protobuf::DescriptorPool;
using google::protobuf::MethodDescriptor;

// What is put in the place of a value.
struct Spoil {
  const char* name;
  const char* type;  // Of the columns.
  const char* value;
};
constexpr Spoil kSpoils[] = {
    {"NotUtf8", "TEXT", "CAST(x'4bff6e' AS TEXT)"},
    {"AnotherWord", "TEXT", "'NONSENSE'"},
    {"NoNumber", "INTEGER", "4611686018427387904"},
};

// The schema's own, and what a core cannot do without: whose the files are, and up to when ids were
// given. It says so, and does not start.
bool IsLeftOut(const std::string& table) {
  return table.starts_with("sqlite_") || table == "blob_store" || table == "watermarks";
}

class DamagedColumns : public testing::TestWithParam<Spoil> {
 protected:
  struct Column {
    std::string table;
    std::string name;
  };

  void SetUp() override {
    if (OnPostgres()) GTEST_SKIP() << "it damages SQLite's file";
    world_.server().Stop();
    std::filesystem::copy_file(file_.path(), Sound());
    world_.server().Restart();
    for (const auto& [what, bytes] : AnswersToOtto()) of_otto_[what] = bytes;
  }
  ~DamagedColumns() override { std::filesystem::remove(Sound()); }

  std::string Sound() const { return file_.path() + "-sound"; }

  std::vector<Column> ColumnsToSpoil() const {
    const SQLite::Database database(file_.path(), SQLite::OPEN_READONLY);
    const std::set<std::string> sealed = storage::SealedTextColumns();
    std::vector<Column> columns;
    SQLite::Statement tables(database, "SELECT name FROM sqlite_schema WHERE type = 'table'");
    while (tables.executeStep()) {
      const std::string table = tables.getColumn(0).getString();
      if (IsLeftOut(table)) continue;
      for (const storage::TableColumn& column : storage::ColumnsOf(database, table)) {
        // Keys are what a row is found by: another one is another row.
        if (column.type != GetParam().type || column.in_key) continue;
        if (!sealed.contains(table + "." + column.name)) columns.push_back({table, column.name});
      }
    }
    return columns;
  }

  // The row that is damaged: Ada's, Carla's or of what is theirs, and never Otto's.
  static std::string RowOf(const SQLite::Database& database, const std::string& table) {
    std::string keys;
    for (const std::string& key : storage::KeyColumnsOf(database, table)) {
      keys += (keys.empty() ? "" : ", ") + key;
    }
    // The first account is a stranger's, and all but the last keys are in use here.
    const std::string order = table == "api_keys" ? " DESC" : "";
    const std::string offset = table == "accounts" ? " OFFSET 1" : "";
    return "(" + keys + ") IN (SELECT " + keys + " FROM " + table + " ORDER BY " + keys + order +
           " LIMIT 1" + offset + ")";
  }

  // Whether there was a row to damage.
  bool Damage(const Column& column) {
    world_.server().Stop();
    std::filesystem::copy_file(Sound(), file_.path(),
                               std::filesystem::copy_options::overwrite_existing);
    int changed = 0;
    {
      SQLite::Database database(file_.path(), SQLite::OPEN_READWRITE);
      database.exec("PRAGMA ignore_check_constraints = ON");
      where_ = RowOf(database, column.table);
      WithoutTriggers(database, column.table, [&] {
        changed = database.exec("UPDATE " + column.table + " SET " + column.name + " = " +
                                GetParam().value + " WHERE " + where_);
      });
    }
    const absl::Status started = world_.server().TryRestart();
    EXPECT_TRUE(started.ok()) << started;
    return started.ok() && changed > 0;
  }

  bool IsKept(const Column& column) {
    world_.server().Stop();
    const SQLite::Database database(file_.path(), SQLite::OPEN_READONLY);
    SQLite::Statement row(database, "SELECT count(*) FROM " + column.table + " WHERE " + where_ +
                                        " AND " + column.name + " IS " + GetParam().value);
    return row.executeStep() && row.getColumn(0).getInt() == 1;
  }

  // Nothing is INTERNAL, and whatever is answered can be read by who asked.
  void AskEverything() {
    for (const AccessRow& row : AccessRows()) {
      const MethodDescriptor* method = DescriptorPool::generated_pool()->FindMethodByName(
          kContractPackage + std::string(row.method));
      if (method == nullptr || !Reads(*method) || method->client_streaming()) continue;
      for (const Relation relation : {Relation::kTool, Relation::kCustomer, Relation::kProvider}) {
        if (!row.refusals.Of(relation).empty()) continue;
        if (relation == Relation::kTool && CallersOf(*method).account_required()) continue;
        Ask(*method, row, relation);
      }
    }
  }

  void Ask(const MethodDescriptor& method, const AccessRow& row, Relation relation) {
    const Client caller = world_.CallerOf(
        relation, relation == Relation::kTool ? world_.server().admin_key() : world_.adapter_key());
    const AnyAnswer answer =
        CallAny(caller, method, Serialize(method, world_.Fill(row.request, relation)));
    const std::string reason = ReasonOf(answer.status);
    EXPECT_TRUE(reason != "INTERNAL" && !std::isdigit(reason[0]))
        << row.method << " " << row.request << " for " << NameOf(relation) << ": " << reason;
    if (!answer.status.ok() || method.server_streaming()) return;
    google::protobuf::DynamicMessageFactory factory;
    const std::unique_ptr<google::protobuf::Message> message(
        factory.GetPrototype(method.output_type())->New());
    EXPECT_TRUE(message->ParseFromString(answer.bytes)) << row.method;
  }

  // A specialist who has nothing to do with what is damaged.
  std::map<std::string, std::string> AnswersToOtto() {
    const Client otto = world_.As("otto");
    v1::GetAccountRequest me;
    me.set_name("accounts/me");
    const auto account = otto.Must(&v1::AccountService::Stub::GetAccount, me);
    v1::GetProviderRequest provider;
    provider.set_name(account.provider());
    v1::GetScheduleRequest schedule;
    schedule.set_name(account.provider() + "/schedule");
    v1::ListClosuresRequest closures;
    closures.set_parent(account.provider());
    v1::ListOpeningsRequest openings;
    openings.set_parent(account.provider());
    v1::ListTicketsRequest tickets;
    tickets.set_parent(account.name());
    return {
        {"account", account.DebugString()},
        {"provider", otto.Must(&v1::ProviderService::Stub::GetProvider, provider).DebugString()},
        {"schedule", otto.Must(&v1::ScheduleService::Stub::GetSchedule, schedule).DebugString()},
        {"closures", otto.Must(&v1::ScheduleService::Stub::ListClosures, closures).DebugString()},
        {"openings", otto.Must(&v1::ScheduleService::Stub::ListOpenings, openings).DebugString()},
        {"tickets", otto.Must(&v1::SupportService::Stub::ListTickets, tickets).DebugString()},
        {"export", ExportOf(otto).reason},
    };
  }

  // What is told to Otto reaches him, whatever waits before it.
  void TellOtto() {
    const Client otto = world_.As("otto");
    v1::AskSupportRequest ask;
    ask.mutable_message()->set_text("Hello?");
    const auto ticket = otto.Must(&v1::SupportService::Stub::AskSupport, ask).ticket();
    v1::AnswerTicketRequest answer;
    answer.set_name(ticket.name());
    answer.mutable_message()->set_text("Hello!");
    const Client admin(world_.server(), world_.server().admin_key());
    admin.Must(&v1::SupportService::Stub::AnswerTicket, answer);
    const Client adapter(world_.server(), world_.adapter_key());
    NotificationStream stream(adapter);
    while (true) {
      const v1::Notification told = stream.Next();
      v1::AcknowledgeNotificationRequest acknowledge;
      acknowledge.set_name(told.name());
      adapter.Must(&v1::NotificationService::Stub::AcknowledgeNotification, acknowledge);
      if (told.identity() == "telegram:otto") return;
    }
  }

  // Changes of what is beside it, whether they go through or not.
  void ChangeWhatIsBeside() {
    constexpr std::pair<const char*, const char*> kChanges[] = {
        {"AccountService.EnsureAccount", R"(identity: "telegram:ada" display_name: "Ada L.")"},
        {"ProviderService.UpdateProvider",
         R"(provider { name: "${provider}" ask_before_rescheduling: true }
            update_mask { paths: "ask_before_rescheduling" })"},
        {"CatalogService.UpdateService",
         R"(service { name: "${service}" capacity: 2 } update_mask { paths: "capacity" })"},
        {"PackageService.UpdatePackage",
         R"(package { name: "${package}" visits: 11 } update_mask { paths: "visits" })"},
        {"ProfileService.UpdateProfile",
         R"(profile { name: "${provider}/profile" published: true }
            update_mask { paths: "published" })"},
        {"BookingService.AcceptAppointment", R"(name: "${pending}")"},
    };
    for (const auto& [name, request] : kChanges) {
      const MethodDescriptor* method =
          DescriptorPool::generated_pool()->FindMethodByName(std::string(kContractPackage) + name);
      ASSERT_NE(method, nullptr) << name;
      const std::string reason =
          ReasonOf(CallAny(world_.As("carla"), *method,
                           Serialize(*method, world_.Fill(request, Relation::kProvider)))
                       .status);
      EXPECT_NE(reason, "INTERNAL") << name;
    }
  }

  LogCapture log_;
  const storage::TemporaryFile file_;
  AccessWorld world_{file_.path()};
  std::map<std::string, std::string> of_otto_;
  std::string where_;
};

TEST_P(DamagedColumns, StopNothingOfWhatIsBesideThem) {
  int damaged = 0;
  for (const Column& column : ColumnsToSpoil()) {
    SCOPED_TRACE(column.table + "." + column.name);
    if (!Damage(column)) continue;
    ++damaged;
    AskEverything();
    EXPECT_EQ(AnswersToOtto(), of_otto_);
    TellOtto();
    ChangeWhatIsBeside();
    const bool is_text = GetParam().type == std::string("TEXT");
    EXPECT_TRUE(!is_text || IsKept(column));
  }
  EXPECT_GT(damaged, 20);
}

INSTANTIATE_TEST_SUITE_P(Damage, DamagedColumns, testing::ValuesIn(kSpoils),
                         [](const auto& info) { return std::string(info.param.name); });

}  // namespace
}  // namespace kalends::test
