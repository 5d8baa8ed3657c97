#include "core/profiles/contacts.h"

#include <gtest/gtest.h>

#include "core/profiles/profile.h"

namespace kalends::core {
namespace {

TEST(NormalEmail, SpellsTheHostInOneWay) {
  EXPECT_EQ(NormalEmail("Marie@Weber.Example"), "Marie@weber.example");
  EXPECT_EQ(NormalEmail(" marie@m\u00FCller.example\u200B"), "marie@xn--mller-kva.example");
  EXPECT_EQ(NormalEmail("marie"), "marie");
  EXPECT_EQ(NormalEmail("a@b@c\u00FC.example"), "a@b@xn--c-eha.example");
  EXPECT_FALSE(IsEmailAddress(NormalEmail("m\u00FCller@weber.example")));
}

TEST(NormalPhone, WritesWhatPeopleWriteInAscii) {
  const struct {
    const char* phone;
    const char* normal;
  } kCases[] = {
      {"+49 30 1234567", "+49 30 1234567"},
      {"+49\u00A030\u202F1234567", "+49 30 1234567"},
      {"030\u20131234\u20115\u22126", "030-1234-5-6"},
      {"\uFF0B49\u300030\uFF11\uFF12\uFF13", "+49 30123"},
      {"\u202A+49 30 123\u202C", "+49 30 123"},
      {"\u0660\u0663\u0660 \u0661\u0662\u0663", "030 123"},
      {"+49 30 123 ext. 4", "+49 30 123 ext. 4"},
      {"+49 30 123, Durchwahl: 45", "+49 30 123 ext. 45"},
      {"+49 30 123;ext=45", "+49 30 123 ext. 45"},
      {"030 123 (DW 4)", "030 123 ext. 4"},
      {"+1 202 555 0100 x12", "+1 202 555 0100 ext. 12"},
      {"+1 202 555 0100 #12", "+1 202 555 0100 ext. 12"},
      {"+33 1 23 45 67 89 poste 12", "+33 1 23 45 67 89 ext. 12"},
      {"+34 91 123 45 67 extensi\u00F3n 12", "+34 91 123 45 67 ext. 12"},
      {"+7 495 123-45-67 \u0434\u043E\u0431. 12", "+7 495 123-45-67 ext. 12"},
      {"+380 44 123-45-67 \u0414\u043E\u0434. 12", "+380 44 123-45-67 ext. 12"},
  };
  for (const auto& c : kCases) {
    EXPECT_EQ(NormalPhone(c.phone), c.normal);
    EXPECT_EQ(NormalPhone(c.normal), c.normal);
    EXPECT_TRUE(IsPhoneNumber(NormalPhone(c.phone))) << c.phone;
  }
}

TEST(NormalPhone, LeavesToTheCheckWhatIsNone) {
  for (const char* phone :
       {"", "call me", "12 and 34", "+49 30 123 ext. 123456789", "030 ext. ", "ext. 12"}) {
    EXPECT_FALSE(IsPhoneNumber(NormalPhone(phone))) << phone;
  }
}

}  // namespace
}  // namespace kalends::core
