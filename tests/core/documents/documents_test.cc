#include "core/documents/documents.h"

#include <gtest/gtest.h>

#include "core/base/error.h"
#include "core/base/limits.h"

namespace kalends::core {
namespace {

TEST(CheckFileSize, TakesOneByteToFiftyMegabytes) {
  EXPECT_EQ(ReasonOf(CheckFileSize(0)), Reason::kEmptyFile);
  EXPECT_TRUE(CheckFileSize(1).ok());
  EXPECT_TRUE(CheckFileSize(kFileBytesMax).ok());
  EXPECT_EQ(ReasonOf(CheckFileSize(kFileBytesMax + 1)), Reason::kFileTooLarge);
}

TEST(CheckQuota, CountsDocumentsAndBytes) {
  EXPECT_TRUE(CheckQuota({kDocumentsPerLinkMax - 1, 0}, 1).ok());
  EXPECT_EQ(ReasonOf(CheckQuota({kDocumentsPerLinkMax, 0}, 1)), Reason::kLimitReached);
  EXPECT_TRUE(CheckQuota({1, kDocumentBytesPerLinkMax - 7}, 7).ok());
  EXPECT_EQ(ReasonOf(CheckQuota({1, kDocumentBytesPerLinkMax - 7}, 8)), Reason::kLimitReached);
}

TEST(CheckDeletable, OnlyTheSideThatUploadedMayDelete) {
  Document document;
  document.uploader = Side::kCustomer;
  EXPECT_TRUE(CheckDeletable(document, Side::kCustomer).ok());
  EXPECT_EQ(ReasonOf(CheckDeletable(document, Side::kProvider)), Reason::kNotYourDocument);
  EXPECT_TRUE(CheckDeletable(document, std::nullopt).ok());
  document.uploader = Side::kProvider;
  EXPECT_EQ(ReasonOf(CheckDeletable(document, Side::kCustomer)), Reason::kNotYourDocument);
}

TEST(CheckValid, ADownloadLinkEndsAtItsLastInstant) {
  DownloadLink link;
  link.expires = FromUnixSeconds(1000);
  EXPECT_TRUE(CheckValid(link, FromUnixSeconds(999)).ok());
  EXPECT_EQ(ReasonOf(CheckValid(link, FromUnixSeconds(1000))), Reason::kDownloadExpired);
}

TEST(CheckValid, ALinkOfAClockThatWasAheadIsOver) {
  DownloadLink link;
  link.expires = FromUnixSeconds(1000) + kDownloadLinkValid;
  EXPECT_TRUE(CheckValid(link, FromUnixSeconds(1000)).ok());
  EXPECT_EQ(ReasonOf(CheckValid(link, FromUnixSeconds(999))), Reason::kDownloadExpired);
  EXPECT_EQ(ReasonOf(CheckValid(link, FromUnixSeconds(-1'000'000))), Reason::kDownloadExpired);
}

TEST(DownloadToken, Is43CharactersForAnAddress) {
  const std::string token = DownloadToken(std::string(32, '\xff'));
  EXPECT_EQ(token, std::string(42, '_') + "8");
}

}  // namespace
}  // namespace kalends::core
