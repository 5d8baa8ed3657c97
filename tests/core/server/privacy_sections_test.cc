// What an export holds, as against what there is to hold.
#include <gmock/gmock.h>

#include <iterator>
#include <set>

#include "core/server/privacy_export_sections.h"
#include "core/server/privacy_readme.h"
#include "tests/support/schema_tables.h"
#include "tests/support/test_database.h"

namespace kalends::server {
namespace {

using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;

constexpr storage::TableRow kLeftOut[] = {
    {"audit_lines", "What operators and tools did is theirs to show; what came of it is here."},
    {"cards", "Which messages of a channel show an appointment: their numbers; go by themselves."},
    {"calendars", "Counts changes, so that what was loaded is known to be out of date."},
    {"download_links", "Hashes of tokens that are good for minutes."},
    {"imported_appointments", "Ids that another program had for what is in the export."},
    {"imported_customers", "The same of customers."},
    {"imported_services", "The same of services."},
    {"message_copies", "What a channel calls messages that are in the export: their numbers."},
    {"notifications", "What waits to be told repeats other parts, and goes by itself."},
    {"page_previews", "Hashes of tokens that are good for minutes."},
    {"request_people", "Whose words first answers may hold."},
    {"requests", "First answers kept for repeats: they repeat other parts, and go by themselves."},
    {"set_aside", "That something could not be told, without a word of it; goes by itself."},
    {"support_desks", "Who answers support is the operator's to say."},
    {"ticket_bridges", "Keys of messages in the group of the support team, which are its own."},
    {"ticket_message_copies", "The same as message_copies, of what support was asked."},
};

// Of an account that is a specialist: nobody's export has more sections.
std::vector<ExportSection> AllSections() {
  std::vector<ExportSection> sections;
  const auto append = [&](std::vector<ExportSection> more) {
    std::move(more.begin(), more.end(), std::back_inserter(sections));
  };
  for (const SubjectExport* subject : SubjectExports()) {
    if (subject->of_customer != nullptr) append(subject->of_customer({}));
  }
  for (const SubjectExport* subject : SubjectExports()) {
    if (subject->of_provider != nullptr) append(subject->of_provider({}));
  }
  return sections;
}

TEST(ExportSections, ShowEveryTableOfTheSchemaThatIsNotLeftOutForAReason) {
  std::set<std::string> shown;
  for (const ExportSection& section : AllSections()) {
    EXPECT_FALSE(section.tables.empty()) << section.path;
    for (const std::string_view table : section.tables) shown.emplace(table);
  }
  std::multiset<std::string> named(shown.begin(), shown.end());
  for (const storage::TableRow& table : kLeftOut) named.emplace(table.name);
  std::set<std::string> tables;
  test::TestDatabase home;
  const auto database = home.Open().value();
  EXPECT_TRUE(database
                  ->Read([&](storage::Transaction& tx) {
                    tables = storage::TablesOf(tx);
                    return absl::OkStatus();
                  })
                  .ok());
  EXPECT_THAT(storage::Complaints(tables, named), IsEmpty())
      << "name the table in a section of its subject's SubjectExport, or here with a reason";
}

TEST(ExportSections, AreEachToldOfInEveryLanguage) {
  using core::Language;
  const std::vector<ExportSection> sections = AllSections();
  std::set<std::string> readmes;
  for (const Language language :
       {Language::kDe, Language::kEn, Language::kFr, Language::kRu, Language::kUk, Language::kEs}) {
    const std::string readme = ReadmeOf(language, sections);
    for (const ExportSection& section : sections) {
      const auto about = AboutFile(language, section);
      ASSERT_TRUE(about && !about->empty()) << section.path << " is in no row of privacy_readme.cc";
      EXPECT_THAT(readme, HasSubstr(section.path + "\n    " + std::string(*about) + "\n"));
    }
    EXPECT_THAT(readme, HasSubstr("kalends.v1"));
    EXPECT_THAT(readme, HasSubstr("...-unreadable.txt"));
    EXPECT_NE(DamageMark(language), "");
    readmes.insert(readme);
  }
  EXPECT_EQ(readmes.size(), 6U);
}

// People and programs know the files by their paths, and README.txt tells of them in this order.
TEST(ExportSections, StandInThisOrder) {
  std::vector<std::string> paths;
  for (const ExportSection& section : AllSections()) paths.push_back(section.path);
  EXPECT_THAT(
      paths,
      ElementsAre(
          "account.json", "sessions.json", "feeds.json", "customer/links.json",
          "customer/appointments.json", "customer/payments.json", "customer/sold_packages.json",
          "customer/package_uses.json", "customer/package_payments.json", "customer/messages.json",
          "customer/message_versions.json", "support/tickets.json", "support/messages.json",
          "support/message_versions.json", "customer/documents.json", "customer/documents/",
          "customer/deleted_documents.json", "customer/consents.json", "provider/provider.json",
          "provider/profile.json", "provider/organizations.json", "provider/services.json",
          "provider/schedule.json", "provider/closures.json", "provider/openings.json",
          "provider/busy_calendars.json", "provider/invitations.json", "provider/links.json",
          "provider/appointments.json", "provider/payments.json", "provider/packages.json",
          "provider/sold_packages.json", "provider/package_uses.json",
          "provider/package_payments.json", "provider/customer_notes.json",
          "provider/appointment_notes.json", "provider/messages.json",
          "provider/message_versions.json", "provider/documents.json", "provider/documents/",
          "provider/deleted_documents.json", "provider/consent_documents.json",
          "provider/consent_versions.json", "provider/consent_versions/", "provider/consents.json",
          "provider/pictures.json", "provider/pictures/"));
}

}  // namespace
}  // namespace kalends::server
