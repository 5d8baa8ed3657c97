// What a version before kept in plain is sealed when the core first starts, whenever it is killed.
#include <SQLiteCpp/SQLiteCpp.h>
#include <gtest/gtest.h>
#include <sodium.h>

#include <algorithm>
#include <filesystem>
#include <fstream>
#include <iterator>

#include "absl/strings/escaping.h"
#include "core/accounts/account.h"
#include "core/app/engine.h"
#include "storage/accounts.h"
#include "storage/blobs/master_keys.h"
#include "storage/booking.h"
#include "storage/catalog.h"
#include "storage/consents.h"
#include "storage/invitations.h"
#include "storage/notifications.h"
#include "storage/payments.h"
#include "storage/profiles.h"
#include "storage/schedule.h"
#include "storage/sealed_columns.h"
#include "storage/sealing.h"
#include "storage/sessions.h"
#include "storage/sqlite/migrate.h"
#include "storage/sqlite/sqlite_database.h"
#include "storage/sqlite/verify.h"
#include "tests/storage/sample.h"
#include "tests/storage/sqlite/temporary_file.h"
#include "tests/support/test_database.h"

namespace kalends::app {
namespace {

// A row in every column that is sealed since, and a word in each.
constexpr char kOldRows[] = R"(
INSERT INTO accounts (id, display_name, language, time_zone, created_s) VALUES (1, 'plain-name', 'en', '', 0);
INSERT INTO identities (channel, address, account_id, reachable) VALUES ('telegram', '1', 1, 1);
INSERT INTO providers (id, account_id, kind, display_name, default_duration_min, reminders_min,
  created_s) VALUES (2, 1, 'SPECIALIST', 'Ada', 60, '', 0);
INSERT INTO schedules (provider_id, time_zone, week_a_monday_d, daily_cap, version)
  VALUES (2, 'UTC', 4, NULL, 1);
INSERT INTO calendars (specialist_id) VALUES (2);
INSERT INTO special_dates (provider_id, date_d, repeats_yearly, label) VALUES (2, -9, 0, 'plain-day');
INSERT INTO closures (provider_id, id, start_s, end_s, label) VALUES (2, 3, 0, 60, 'plain-closure');
INSERT INTO invitations (provider_id, id, kind, code, label, max_uses, created_s)
  VALUES (2, 4, 'CUSTOMER', 'plain-code-0123456789a', 'plain-label', 0, 0);
INSERT INTO services (provider_id, id, display_name, description, duration_min, buffer_before_min,
  buffer_after_min, step_min, minimum_notice_min, horizon_min, cancellation_deadline_min, capacity,
  price_minor, price_currency, payment_link, place, auto_accept, position, archived)
  VALUES (2, 9, 'Yoga', '', 60, 0, 0, 30, 0, 1, 0, 1, 0, '', 'plain-link', 'plain-service', 0, 0, 0);
INSERT INTO appointments (id, provider_id, specialist_id, customer_id, service_id, service_name,
  start_s, end_s, hold_start_s, hold_end_s, status, capacity, price_minor, price_currency, place,
  created_s, agreed_wall_s, agreed_zone, agreed_offset_s, agreed_rules)
  VALUES (10, 2, 2, 1, 9, '', 0, 3600, 0, 3600, 'CANCELLED', 1, 0, '', 'plain-place', 0, 0, 'UTC', 0, '');
INSERT INTO status_changes (appointment_id, position, to_status, when_s, actor, account_id, reason)
  VALUES (10, 1, 'PENDING', 0, 'CUSTOMER', 1, 'plain-reason'), (10, 2, 'CANCELLED', 1, 'CUSTOMER', 1, '');
INSERT INTO notifications (id, recipient_id, kind, due_s, status, start_s, reason, actor, number, parked)
  VALUES (11, 1, 'CANCELLED', 0, 'CANCELLED', 0, 'plain-notice', 'CUSTOMER', 1, 0);
INSERT INTO payments (provider_id, appointment_id, id, kind, amount_minor, currency, note,
  received_s, created_s) VALUES (2, 10, 12, 'PAYMENT', 1, 'EUR', 'plain-note', 0, 0);
INSERT INTO profile_slugs (provider_id, slug) VALUES (2, 'ada');
INSERT INTO profiles (provider_id, slug, published, about, website, email, phone, address, map_link)
  VALUES (2, 'ada', 0, 'plain-about', 'https://plain-site.example', 'plain-mail', 'plain-phone',
  'plain-address', 'https://plain-map.example');
INSERT INTO social_profiles (provider_id, position, label, url)
  VALUES (2, 1, 'plain-social', 'https://plain-url.example');
INSERT INTO sessions (name, data, version, written_s)
  VALUES ('telegram:1', CAST('plain-data' AS BLOB), 1, 0), ('telegram:2', x'', 1, 0);
)";

// The second is an erased provider's.
constexpr char kOldConsents[] = R"(
INSERT INTO consent_documents (provider_id, id, display_name, needs_consent, blocks_booking,
  archived, current_number, created_s) VALUES (2, 13, 'Terms', 1, 0, 0, 2, 0);
INSERT INTO consent_versions (provider_id, document_id, number, sha256, file_name, content_type,
  size_bytes, blob_id, created_s) VALUES
  (2, 13, 1, zeroblob(32), 'plain-file', 'text/plain', 1, '0123456789abcdef0123456789abcdef', 0),
  (2, 13, 2, zeroblob(32), '–', 'text/plain', 1, NULL, 0);
)";

class SealPlainTextsTest : public testing::Test {
 protected:
  void SetUp() override {
    if (test::OnPostgres()) GTEST_SKIP() << "versions that did not seal had SQLite alone";
  }
  SealPlainTextsTest() {
    EXPECT_GE(sodium_init(), 0);
    SQLite::Database database(file_.path(), SQLite::OPEN_READWRITE | SQLite::OPEN_CREATE);
    const std::span<const std::string_view> all = storage::Migrations();
    const auto sealing = std::find_if(all.begin(), all.end(), [](std::string_view sql) {
      return sql.find("CREATE TABLE plain_texts") != std::string_view::npos;
    });
    EXPECT_TRUE(
        storage::Migrate(database, all.first(static_cast<std::size_t>(sealing - all.begin())))
            .ok());
    database.exec(kOldRows);
    const std::string key = absl::BytesToHexString(keys_->CurrentId());
    database.exec("INSERT INTO master_keys (id, created_s) VALUES (x'" + key +
                  "', 0);"
                  "INSERT INTO blobs (provider_id, id, size_bytes, wrapped_key, master_key_id)"
                  " VALUES (2, '0123456789abcdef0123456789abcdef', 1, x'00', x'" +
                  key + "');");
    database.exec(kOldConsents);
  }

  std::unique_ptr<storage::Database> Open() const {
    auto database = storage::OpenSqlite({.path = file_.path()}).value();
    database->SetKeys(keys_);
    return database;
  }
  // The core as it starts, and ends.
  std::unique_ptr<Engine> Start() const {
    EngineOptions options;
    options.clock = [] { return storage::kNow; };
    options.random = [](std::size_t size) { return std::string(size, 'r'); };
    options.master_keys = keys_;
    auto engine = std::make_unique<Engine>(storage::OpenSqlite({.path = file_.path()}).value(),
                                           std::move(options));
    const absl::Status status = engine->Start();
    EXPECT_TRUE(status.ok()) << status;
    return engine;
  }
  // How often the word stands in files beside the database and in it.
  int CountInFiles(const std::string& word) const {
    int count = 0;
    for (const auto& entry :
         std::filesystem::directory_iterator(std::filesystem::path(file_.path()).parent_path())) {
      if (!entry.is_regular_file()) continue;
      std::ifstream file(entry.path(), std::ios::binary);
      const std::string bytes{std::istreambuf_iterator<char>(file), {}};
      for (std::size_t at = 0; (at = bytes.find(word, at)) != std::string::npos; ++at) ++count;
    }
    return count;
  }
  static void ExpectWords(storage::Database& database) {
    const absl::Status status = database.Read([](storage::Transaction& tx) {
      const core::ProviderId provider{2};
      EXPECT_EQ(storage::FindAccount(tx, {1})->display_name, "plain-name");
      EXPECT_EQ(storage::FindAppointment(tx, {10})->place, "plain-place");
      const auto history = storage::HistoryOf(tx, {10});
      EXPECT_EQ(history.at(0).reason, "plain-reason");
      EXPECT_EQ(history.at(1).reason, "");
      EXPECT_EQ(storage::FindNotification(tx, {11})->reason, "plain-notice");
      EXPECT_EQ(storage::PaymentsOf(tx, provider, {10}).at(0).note, "plain-note");
      EXPECT_EQ(storage::FindService(tx, provider, {9})->place, "plain-service");
      EXPECT_EQ(storage::FindService(tx, provider, {9})->payment_link, "plain-link");
      EXPECT_EQ(storage::FindSchedule(tx, provider)->schedule.special_dates.at(0).label,
                "plain-day");
      EXPECT_EQ(storage::ListClosures(tx, provider, core::FromUnixSeconds(0), {}, 9).at(0).label,
                "plain-closure");
      const auto invitation = storage::FindInvitationByCode(tx, "plain-code-0123456789a");
      EXPECT_EQ(invitation.value_or(core::Invitation{}).code, "plain-code-0123456789a");
      EXPECT_EQ(invitation.value_or(core::Invitation{}).label, "plain-label");
      EXPECT_EQ(storage::FindConsentVersion(tx, provider, {13}, 1)->file_name, "plain-file");
      EXPECT_EQ(storage::FindConsentVersion(tx, provider, {13}, 2)->file_name, core::kErasedName);
      const auto page = storage::FindProfile(tx, provider).value_or(core::Profile{});
      EXPECT_EQ(page.about, "plain-about");
      EXPECT_EQ(page.website, "https://plain-site.example");
      EXPECT_EQ(page.email + page.phone + page.address, "plain-mailplain-phoneplain-address");
      EXPECT_EQ(page.map_link, "https://plain-map.example");
      EXPECT_EQ(page.social_profiles,
                (std::vector<core::WebLink>{{"plain-social", "https://plain-url.example"}}));
      EXPECT_EQ(storage::FindSession(tx, "telegram:1")->data, "plain-data");
      EXPECT_EQ(storage::FindSession(tx, "telegram:2")->data, "");
      return absl::OkStatus();
    });
    EXPECT_TRUE(status.ok()) << status;
  }

  const storage::TemporaryFile file_;
  const std::shared_ptr<storage::MasterKeys> keys_ = storage::MasterKeys::Random();
};

TEST_F(SealPlainTextsTest, NoWordStaysInAnyFileAndAllCanBeRead) {
  EXPECT_GT(CountInFiles("plain-"), 0) << "they are not where this test looks";
  ExpectWords(Start()->database());
  EXPECT_EQ(CountInFiles("plain-"), 0);
}

TEST_F(SealPlainTextsTest, GoesOnWhereItWasKilledAndSealsNothingTwice) {
  bool done = false;
  int kills = 0;
  // A database closed after each step is one whose core was killed there: a step is a transaction.
  while (!done) {
    ASSERT_LT(++kills, 100);
    const auto database = Open();
    ASSERT_TRUE(database
                    ->Write([&](storage::Transaction& tx) {
                      done = storage::SealSome(tx, 1).done;
                      return absl::OkStatus();
                    })
                    .ok());
    // What is rolled back is as if it had not been.
    EXPECT_FALSE(database
                     ->Write([&](storage::Transaction& tx) {
                       storage::SealSome(tx, 1);
                       return absl::AbortedError("killed");
                     })
                     .ok());
  }
  const auto columns = storage::SealedColumns();
  EXPECT_GT(kills, std::count_if(columns.begin(), columns.end(), storage::IsSealedByQueries));
  ExpectWords(Start()->database());
  EXPECT_EQ(CountInFiles("plain-"), 0);
  ExpectWords(Start()->database());
}

TEST_F(SealPlainTextsTest, AreNoDamageToVerifyWhichSaysWhatIsStillToBeSealed) {
  const auto verified = [&] {
    storage::VerifyOptions options;
    options.database = file_.path();
    options.keys = keys_;
    storage::VerifyReport report = storage::Verify(options).value();
    // Of the rows here, files and what else a core would have are not all there.
    std::erase_if(report.findings, [](const auto& one) {
      return one.kind != "seal" || one.place.starts_with("blobs.");
    });
    return report;
  };
  const auto of_before = verified();
  EXPECT_TRUE(of_before.findings.empty()) << of_before.findings.front().what;
  EXPECT_GT(of_before.unsealed.size(), 0U) << "no core has opened it yet";
  {
    const auto half = Open();  // It has migrated, and sealed nothing.
    EXPECT_GT(verified().unsealed.size(), of_before.unsealed.size() - 1);
  }
  EXPECT_TRUE(verified().findings.empty());
  Start();
  EXPECT_TRUE(verified().unsealed.empty());
  EXPECT_TRUE(verified().findings.empty());
}

// The version before this one had sealed all but pages.
TEST_F(SealPlainTextsTest, AreNoDamageEitherWhereOnlyPagesAreStillPlain) {
  Start();
  SQLite::Database database(file_.path(), SQLite::OPEN_READWRITE);
  database.exec(
      "PRAGMA writable_schema = ON;"
      "UPDATE sqlite_schema SET sql = replace(sql, 'website       TEXT NOT NULL',"
      " 'website       TEXT NOT NULL CHECK (website <> ''https://'')') WHERE name = 'profiles';"
      "PRAGMA writable_schema = RESET;"
      "UPDATE profiles SET about = 'plain-about'");
  storage::VerifyOptions options;
  options.database = file_.path();
  options.keys = keys_;
  const storage::VerifyReport report = storage::Verify(options).value();
  for (const auto& finding : report.findings) {
    EXPECT_FALSE(finding.place.starts_with("profiles")) << finding.what;
  }
  EXPECT_EQ(std::count(report.unsealed.begin(), report.unsealed.end(), "profiles.about"), 1);
}

// The check of a large file reads while the file is written anew.
TEST_F(SealPlainTextsTest, AFileCanBeWrittenAnewWhileSomebodyReads) {
  const auto engine = Start();
  EXPECT_TRUE(engine->database()
                  .Read([&](storage::Transaction& tx) {
                    const auto name = [&] { return storage::FindAccount(tx, {1})->display_name; };
                    EXPECT_EQ(name(), "plain-name");
                    EXPECT_TRUE(engine->database().Rewrite().ok());
                    EXPECT_EQ(name(), "plain-name");
                    return absl::OkStatus();
                  })
                  .ok());
  ExpectWords(engine->database());
}

TEST_F(SealPlainTextsTest, TheHistoryCanBeChangedNoLongerThanThat) {
  Start();
  SQLite::Database database(file_.path(), SQLite::OPEN_READWRITE);
  EXPECT_EQ(database.execAndGet("SELECT count(*) FROM plain_texts").getInt(), 0);
  EXPECT_NE(database.tryExec("UPDATE status_changes SET reason = 'x'"), SQLite::OK);
  EXPECT_NE(database.tryExec("UPDATE payments SET note = 'x'"), SQLite::OK);
}

}  // namespace
}  // namespace kalends::app
