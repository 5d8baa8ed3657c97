#include "core/links/customer_search.h"

#include <gtest/gtest.h>

namespace kalends::core {
namespace {

TEST(CustomerSearch, FindsNamesAsPeopleTypeThem) {
  const struct {
    const char* typed;
    const char* name;
    bool found;
  } kCases[] = {
      {"anna", "Anna Müller", true},
      {"MULLER", "Anna Müller", true},
      {"mül an", "Anna Müller", true},
      {"anna weber", "Anna Müller", false},
      {"obrien", "Siobhán O’Brien", true},
      {"dup", "Jean-Luc Dupont", true},
      {"jeanluc", "Jean-Luc Dupont", true},
      {"ольг", "Ольга", true},
      {"київ", "Оксана з Києва", false},
      {"🌸", "🌸", true},
      {"🌸", "Anna", false},
      {"anna 🌸", "Anna 🌸", true},
      {"%", "Anna", false},
      {"_", "Anna", false},
      {"nn", "Anna", true},
      {"x", "", false},
      {"\xff\xfe", "Anna", false},
  };
  for (const auto& c : kCases) {
    EXPECT_EQ(CustomerSearch(c.typed).Finds(c.name), c.found) << c.typed << " in " << c.name;
  }
}

TEST(CustomerSearch, NothingFindsEverybody) {
  for (const char* typed : {"", "  ", "\t \n"}) {
    EXPECT_TRUE(CustomerSearch(typed).FindsAll());
    EXPECT_TRUE(CustomerSearch(typed).Finds("Anna"));
  }
  EXPECT_FALSE(CustomerSearch("a").FindsAll());
}

}  // namespace
}  // namespace kalends::core
