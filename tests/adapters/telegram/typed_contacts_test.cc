#include "adapters/telegram/screens/typed_contacts.h"

#include <gtest/gtest.h>

namespace kalends::telegram {
namespace {

TEST(ParseContacts, TellsByItselfWhatALineIs) {
  const struct {
    const char* name;
    const char* text;
    Contacts contacts;
  } kCases[] = {
      {"all of them",
       "030 1234567\npraxis@weber.de\nhttps://weber.de/kontakt\nLindenstr. 12\n10969 Berlin",
       {"https://weber.de/kontakt", "praxis@weber.de", "030 1234567",
        "Lindenstr. 12\n10969 Berlin"}},
      {"with what they are",
       "Tel.: +49 (0)30 12 34-56\nE-Mail: a@b.de\nWeb: www.b.de\nAdresse: Am Markt 3",
       {"https://www.b.de", "a@b.de", "+49 (0)30 12 34-56", "Adresse: Am Markt 3"}},
      {"another language", "тел. : +380 44 123-45-67", {"", "", "+380 44 123-45-67", ""}},
      {"no scheme", "praxis-weber.de", {"https://praxis-weber.de", "", "", ""}},
      {"a scheme of its own", "http://b.de", {"http://b.de", "", "", ""}},
      {"a host of another script", "приклад.укр", {"https://приклад.укр", "", "", ""}},
      {"a house number is no phone", "Gasse 12", {"", "", "", "Gasse 12"}},
      {"a postal code alone is taken for one", "1010 Wien", {"", "", "", "1010 Wien"}},
      {"blank lines", "\n \u00a0\n\r\na@b.de\n", {"", "a@b.de", "", ""}},
      {"nothing", "", {}},
  };
  for (const auto& c : kCases) {
    SCOPED_TRACE(c.name);
    const Contacts read = ParseContacts(c.text);
    EXPECT_EQ(read.website, c.contacts.website);
    EXPECT_EQ(read.email, c.contacts.email);
    EXPECT_EQ(read.phone, c.contacts.phone);
    EXPECT_EQ(read.address, c.contacts.address);
  }
}

}  // namespace
}  // namespace kalends::telegram
