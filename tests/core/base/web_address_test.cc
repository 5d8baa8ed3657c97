#include "core/base/web_address.h"

#include <gtest/gtest.h>

namespace kalends::core {
namespace {

TEST(AsciiHost, IsWhatTheInternetCallsAHost) {
  EXPECT_EQ(AsciiHost("Praxis.Example"), "praxis.example");
  EXPECT_EQ(AsciiHost("M\u00DCller.example"), "xn--mller-kva.example");
  EXPECT_EQ(AsciiHost("mu\u0308ller.example"), "xn--mller-kva.example");
  EXPECT_EQ(AsciiHost("stra\u00DFe.example"), "xn--strae-oqa.example");
  EXPECT_EQ(AsciiHost("\u043F\u0440\u0438\u0432\u0456\u0442.\u0443\u043A\u0440"),
            "xn--b1aluem3j.xn--j1amh");
  EXPECT_EQ(AsciiHost("praxis\u3002example"), "praxis.example");
  EXPECT_EQ(AsciiHost("\u0301a.example"), std::nullopt);
  EXPECT_EQ(AsciiHost("a b\u00FC.example"), std::nullopt);
  EXPECT_EQ(AsciiHost("\u00FC\xff.example"), std::nullopt);
}

TEST(NormalUrl, SpellsSchemeAndHostInOneWay) {
  const struct {
    const char* url;
    const char* normal;
  } kCases[] = {
      {"https://praxis.example/A?B#C", "https://praxis.example/A?B#C"},
      {"Https://Praxis.Example/A", "https://praxis.example/A"},
      {" HTTPS://praxis.example\n", "https://praxis.example"},
      {"https://M\u00FCller.example:8443/\u00DCber",
       "https://xn--mller-kva.example:8443/\u00DCber"},
      {"https://M\u00FCller.example?\u00DC", "https://xn--mller-kva.example?\u00DC"},
      {"HTTP://praxis.example", "http://praxis.example"},
      {"Https://Marie@Praxis.Example", "Https://Marie@Praxis.Example"},
      {"praxis.example", "praxis.example"},
      {"", ""},
      {"JavaScript:alert(1)", "JavaScript:alert(1)"},
  };
  for (const auto& c : kCases) {
    EXPECT_EQ(NormalUrl(c.url), c.normal);
    EXPECT_EQ(NormalUrl(c.normal), c.normal);
  }
}

}  // namespace
}  // namespace kalends::core
