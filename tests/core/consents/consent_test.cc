#include "core/consents/consent.h"

#include <gtest/gtest.h>

#include "core/base/detail.h"
#include "core/base/error.h"
#include "core/base/limits.h"
#include "tests/support/violation.h"

namespace kalends::core {
namespace {

using enum ConsentDecision;

ConsentDocument Sample(int version) {
  ConsentDocument document;
  document.needs_consent = true;
  document.blocks_booking = true;
  document.current.number = version;
  return document;
}

ConsentRecord Record(int version, ConsentDecision decision) {
  ConsentRecord record;
  record.number = version;
  record.decision = decision;
  return record;
}

TEST(ConsentState, HoldsForTheVersionThatWasSigned) {
  const struct {
    const char* what;
    int version;
    std::optional<ConsentRecord> last;
    ConsentState state;
  } kCases[] = {
      {"never asked", 1, std::nullopt, ConsentState::kPending},
      {"signed", 1, Record(1, kGiven), ConsentState::kSigned},
      {"withdrawn", 1, Record(1, kWithdrawn), ConsentState::kPending},
      {"a new version came", 2, Record(1, kGiven), ConsentState::kPending},
      {"the new one is signed", 2, Record(2, kGiven), ConsentState::kSigned},
  };
  for (const auto& c : kCases) {
    SCOPED_TRACE(c.what);
    ConsentDocument document = Sample(c.version);
    EXPECT_EQ(StateOf(document, c.last), c.state);
    EXPECT_EQ(HindersBooking(document, c.last), c.state == ConsentState::kPending);
    document.archived = true;
    EXPECT_FALSE(HindersBooking(document, c.last));
    document.archived = false;
    document.blocks_booking = false;
    EXPECT_FALSE(HindersBooking(document, c.last));
    document.needs_consent = false;
    EXPECT_EQ(StateOf(document, c.last), ConsentState::kNotNeeded);
  }
}

TEST(DecideChange, GivesToThePresentVersionOnly) {
  ConsentDocument document = Sample(2);
  EXPECT_TRUE(DecideChange(document, std::nullopt, 2, kGiven).value());
  EXPECT_TRUE(DecideChange(document, Record(1, kGiven), 2, kGiven).value());
  EXPECT_TRUE(DecideChange(document, Record(2, kWithdrawn), 2, kGiven).value());
  EXPECT_FALSE(DecideChange(document, Record(2, kGiven), 2, kGiven).value());
  for (const int version : {1, 3}) {
    EXPECT_EQ(ReasonOf(DecideChange(document, std::nullopt, version, kGiven).status()),
              Reason::kVersionOutdated);
  }
  document.needs_consent = false;
  EXPECT_EQ(ReasonOf(DecideChange(document, std::nullopt, 1, kGiven).status()),
            Reason::kConsentNotNeeded);
  document.archived = true;
  EXPECT_EQ(ReasonOf(DecideChange(document, std::nullopt, 1, kGiven).status()),
            Reason::kConsentDocumentArchived);
}

TEST(DecideChange, WithdrawsWhatWasGivenAlways) {
  ConsentDocument document = Sample(2);
  EXPECT_FALSE(DecideChange(document, std::nullopt, 2, kWithdrawn).value());
  EXPECT_FALSE(DecideChange(document, Record(2, kWithdrawn), 2, kWithdrawn).value());
  EXPECT_TRUE(DecideChange(document, Record(1, kGiven), 1, kWithdrawn).value());
  EXPECT_EQ(ReasonOf(DecideChange(document, Record(1, kGiven), 2, kWithdrawn).status()),
            Reason::kVersionOutdated);
  document.archived = true;
  document.needs_consent = false;
  EXPECT_TRUE(DecideChange(document, Record(2, kGiven), 2, kWithdrawn).value());
}

TEST(ConsentDocument, BlocksBookingOnlyWhereItNeedsConsent) {
  ConsentDocument document = Sample(1);
  EXPECT_TRUE(CheckFlags("document.blocks_booking", document).ok());
  document.needs_consent = false;
  const absl::Status refused = CheckFlags("document.blocks_booking", document);
  EXPECT_EQ(ReasonOf(refused), Reason::kInvalidField);
  EXPECT_EQ(DetailOf<FieldViolation>(refused).value().field, "document.blocks_booking");
}

TEST(ConsentDocument, IsOfAKindThatPeopleCanRead) {
  EXPECT_TRUE(IsReadable("application/pdf"));
  EXPECT_TRUE(IsReadable("text/plain"));
  for (const char* type : {"text/html", "image/svg+xml", "application/octet-stream", ""}) {
    EXPECT_FALSE(IsReadable(type)) << type;
  }
}

TEST(Channel, IsAShortWord) {
  EXPECT_TRUE(IsChannel("telegram"));
  for (const char* channel : {"", "Telegram", "tele gram", "abcdefghijklmnopqrstu"}) {
    EXPECT_FALSE(IsChannel(channel)) << channel;
  }
}

TEST(ConsentUsage, LimitsDocumentsWithAndWithoutTheArchiveAndBytes) {
  const ConsentUsage most{kConsentDocumentsPerProviderMax - 1, kConsentDocumentsKeptMax - 1, 0};
  EXPECT_TRUE(CheckNewDocument(most).ok());
  EXPECT_TRUE(CheckUnarchive(most).ok());
  ConsentUsage shown = most;
  ++shown.documents;
  EXPECT_EQ(ReasonOf(CheckNewDocument(shown)), Reason::kLimitReached);
  EXPECT_EQ(ReasonOf(CheckUnarchive(shown)), Reason::kLimitReached);
  ConsentUsage kept = most;
  ++kept.kept;
  EXPECT_EQ(ReasonOf(CheckNewDocument(kept)), Reason::kLimitReached);
  // It is among them already.
  EXPECT_TRUE(CheckUnarchive(kept).ok());
  EXPECT_TRUE(CheckBytes({1, 1, kConsentBytesPerProviderMax - 7}, 7).ok());
  EXPECT_EQ(ReasonOf(CheckBytes({1, 1, kConsentBytesPerProviderMax - 7}, 8)),
            Reason::kLimitReached);
}

TEST(CheckNewDocument, NamesTheFieldThatIsWrong) {
  const struct {
    const char* name;
    std::string display_name;
    bool needs_consent;
    bool blocks_booking;
    const char* content_type;
    const char* field;
  } kCases[] = {
      {"to be signed before booking", "Terms", true, true, "application/pdf", ""},
      {"to be read", "Terms", false, false, "text/plain", ""},
      {"no name", "", true, true, "application/pdf", "header.document.display_name"},
      {"a long name", std::string(kNameCharsMax + 1, 'a'), true, true, "application/pdf",
       "header.document.display_name"},
      {"blocking without a signature", "Terms", false, true, "application/pdf",
       "header.document.blocks_booking"},
      {"a program", "Terms", true, true, "application/x-sh", "header.content_type"},
  };
  for (const auto& c : kCases) {
    ConsentDocument document;
    document.display_name = c.display_name;
    document.needs_consent = c.needs_consent;
    document.blocks_booking = c.blocks_booking;
    const absl::Status status = CheckNewDocument(document, c.content_type);
    EXPECT_EQ(test::FieldOf(status), c.field) << c.name;
  }
}

TEST(CheckChanges, AreOfDifferentDocumentsAndNotTooMany) {
  const auto refused = [](std::string_view channel, int count, bool twice) {
    std::vector<ConsentDocumentId> documents;
    for (int i = 1; i <= count; ++i) documents.push_back({i});
    if (twice) documents.back() = documents.front();
    const absl::Status status = CheckChanges(channel, documents);
    return test::FieldOf(status);
  };
  EXPECT_EQ(refused("telegram", 1, false), "");
  EXPECT_EQ(refused("telegram", kConsentChangesMax, false), "");
  EXPECT_EQ(refused("telegram", kConsentChangesMax + 1, false), "changes");
  EXPECT_EQ(refused("telegram", 0, false), "changes");
  EXPECT_EQ(refused("telegram", 3, true), "changes[2]");
  EXPECT_EQ(refused("Telegram", 1, false), "channel");
}

}  // namespace
}  // namespace kalends::core
