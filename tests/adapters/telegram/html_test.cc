#include "adapters/telegram/html.h"

#include <gtest/gtest.h>

namespace kalends::telegram {
namespace {

TEST(EscapeHtml, LeavesNothingThatIsMarkup) {
  EXPECT_EQ(EscapeHtml("<b>&\"x\"*_[]"), "&lt;b&gt;&amp;&quot;x&quot;*_[]");
  EXPECT_EQ(EscapeHtml("Äö — ✔"), "Äö — ✔");
  EXPECT_EQ(EscapeHtml(""), "");
}

TEST(PlainText, IsWhatAReaderSees) {
  EXPECT_EQ(PlainText("<b>A &amp; B</b> &lt;c&gt; &quot;d&quot;"), "A & B <c> \"d\"");
  EXPECT_EQ(PlainText("<a href=\"https://a.b\">x</a>\n&amp;lt;"), "x\n&lt;");
  EXPECT_EQ(PlainText("&nothing; <cut"), "&nothing; ");
  const std::string text = "<i>&\"\" Äö </i>";
  EXPECT_EQ(PlainText(EscapeHtml(text)), text);
}

TEST(Shorten, CountsCodePoints) {
  EXPECT_EQ(Shorten("äöü", 3), "äöü");
  EXPECT_EQ(Shorten("äöüß", 3), "äö…");
  EXPECT_EQ(Shorten("a", 1), "a");
  EXPECT_EQ(Shorten("ab", 1), "…");
  EXPECT_EQ(CodePoints("äö😀"), 3U);
}

TEST(Shorten, CutsBrokenUtf8WhereItBreaks) {
  EXPECT_EQ(Shorten("ab\xff"
                    "cd",
                    10),
            "ab");
  EXPECT_EQ(Shorten("ab\xc3", 10), "ab");
}

}  // namespace
}  // namespace kalends::telegram
