#include "core/chat/content.h"

#include <gtest/gtest.h>

#include <functional>
#include <random>
#include <string>

#include "core/base/error.h"
#include "core/base/limits.h"
#include "tests/support/seed.h"
#include "tests/support/violation.h"

namespace kalends::core {
namespace {

TEST(Content, ComesBackAsItWasPacked) {
  const test::Seed seed;
  std::mt19937_64 random(seed.value());
  // All but the two separators, zero and line breaks included.
  const auto text = [&] {
    std::string some;
    for (auto left = random() % 20; left > 0; --left) {
      const char c = static_cast<char>(random() % 256);
      if (c != '\x1e' && c != '\x1f') some += c;
    }
    return some;
  };
  for (int round = 0; round < 2000; ++round) {
    Content content{text(), {}};
    for (auto left = random() % 4; left > 0; --left) {
      content.attachments.push_back({static_cast<AttachmentKind>(random() % 3), text(), text(),
                                     text(), text(), static_cast<std::int64_t>(random())});
    }
    EXPECT_EQ(UnpackContent(PackContent(content)), content);
  }
}

Attachment PhotoCalled(const std::string& reference, std::int64_t size) {
  return {AttachmentKind::kPhoto, "telegram", reference, "", "", size};
}

TEST(Content, AnEditChangesTheTextAndNoFile) {
  const Content present{"before", {PhotoCalled("a", 10), PhotoCalled("b", 20)}};
  const struct {
    const char* name;
    Content edited;
    int edits;
    std::string_view reason;
  } kCases[] = {
      {"a text", {"after", {}}, 0, ""},
      {"one of its files comes along, called otherwise by now",
       {"after", {PhotoCalled("z", 20)}},
       0,
       ""},
      {"another file", {"after", {PhotoCalled("a", 11)}}, 0, "INVALID_FIELD"},
      {"no text where there are files", {"", {}}, 0, ""},
      {"too long", {std::string(kMessageCharsMax + 1, 'x'), {}}, 0, "INVALID_FIELD"},
      {"the last edit", {"after", {}}, kEditsMax - 1, ""},
      {"one too many", {"after", {}}, kEditsMax, "LIMIT_REACHED"},
  };
  for (const auto& c : kCases) {
    SCOPED_TRACE(c.name);
    EXPECT_EQ(ReasonName(CheckEdit(present, c.edited, c.edits)), c.reason);
  }
  EXPECT_EQ(ReasonName(CheckEdit({"before", {}}, {"", {}}, 0)), "INVALID_FIELD");
}

TEST(Content, KeysOfMessagesArePrintableAndShort) {
  EXPECT_TRUE(CheckChannelKey("channel_key", "telegram:-100:1:2").ok());
  for (const std::string& key :
       {std::string(), std::string("a b"), std::string("ü"), std::string(101, 'x')}) {
    SCOPED_TRACE(key);
    EXPECT_EQ(ReasonName(CheckChannelKey("channel_key", key)), "INVALID_FIELD");
  }
}

TEST(Content, NothingElseIsUnpacked) {
  for (const std::string packed : {"a\x1f", "a\x1e", "a\x1ePHOTO\x1f\x1f\x1f\x1f",
                                   "a\x1eVIDEO\x1f\x1f\x1f\x1f\x1f"
                                   "0",
                                   "a\x1ePHOTO\x1f\x1f\x1f\x1f\x1fx",
                                   "a\x1ePHOTO\x1f\x1f\x1f\x1f\x1f"
                                   "1x",
                                   "a\x1ePHOTO\x1f\x1f\x1f\x1f\x1f"
                                   "1\x1f"}) {
    EXPECT_FALSE(UnpackContent(packed)) << packed;
  }
}

TEST(CheckContent, IsTextOrAttachmentsOfSomeSize) {
  const Attachment photo{AttachmentKind::kPhoto, "telegram", "file-id", "", "", 0};
  const struct {
    const char* name;
    std::function<void(Content&)> change;
    const char* field;  // That is refused; "": none.
  } kCases[] = {
      {"a text", [](Content& c) { c.text = "a\nb"; }, ""},
      {"nothing", [](Content&) {}, "message.text"},
      {"a photo alone", [&](Content& c) { c.attachments = {photo}; }, ""},
      {"the longest text", [](Content& c) { c.text = std::string(kMessageCharsMax, 'a'); }, ""},
      {"too long a text", [](Content& c) { c.text = std::string(kMessageCharsMax + 1, 'a'); },
       "message.text"},
      {"the most attachments", [&](Content& c) { c.attachments.assign(kAttachmentsMax, photo); },
       ""},
      {"more than that", [&](Content& c) { c.attachments.assign(kAttachmentsMax + 1, photo); },
       "message.attachments"},
      {"no channel",
       [&](Content& c) {
         c.attachments = {photo};
         c.attachments[0].channel = "";
       },
       "message.attachments[0].channel"},
      {"no reference",
       [&](Content& c) {
         c.attachments = {photo};
         c.attachments[0].reference = "";
       },
       "message.attachments[0].reference"},
      {"lines in a file's name",
       [&](Content& c) {
         c.attachments = {photo};
         c.attachments[0].file_name = "a\nb";
       },
       "message.attachments[0].file_name"},
      {"a long media type",
       [&](Content& c) {
         c.attachments = {photo};
         c.attachments[0].media_type = std::string(kMediaTypeBytesMax + 1, 'a');
       },
       "message.attachments[0].media_type"},
      {"less than no bytes",
       [&](Content& c) {
         c.attachments = {photo};
         c.attachments[0].size = -1;
       },
       "message.attachments[0].size_bytes"},
  };
  for (const auto& c : kCases) {
    Content content;
    c.change(content);
    const absl::Status status = CheckContent(content);
    EXPECT_EQ(test::FieldOf(status), c.field) << c.name;
  }
}

}  // namespace
}  // namespace kalends::core
