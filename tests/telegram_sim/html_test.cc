#include "tools/telegram_sim/html.h"

#include <gtest/gtest.h>

namespace kalends::sim {
namespace {

using nlohmann::json;

struct Good {
  const char* name;
  const char* html;
  const char* text;
  const char* entities;
};

TEST(ParseHtml, KeepsTextAndCountsEntitiesInUtf16Units) {
  const Good kCases[] = {
      {"plain", "a & b > c", "a & b > c", "[]"},
      {"references", "&lt;b&gt; &amp;amp; &quot; &#8364; &#x1F44D; &nope; &#0;",
       "<b> &amp; \" € 👍 &nope; &#0;", "[]"},
      {"reference without semicolon", "1 &lt 2", "1 < 2", "[]"},
      {"after an emoji", "👍<b>x</b>", "👍x", R"([{"type":"bold","offset":2,"length":1}])"},
      {"nested", "<b>a<i>b</i></b>", "ab",
       R"([{"type":"bold","offset":0,"length":2},{"type":"italic","offset":1,"length":1}])"},
      {"every name of a style",
       "<strong>a</strong><em>b</em><ins>c</ins><del>d</del><strike>e</strike>", "abcde",
       R"([{"type":"bold","offset":0,"length":1},{"type":"italic","offset":1,"length":1},
           {"type":"underline","offset":2,"length":1},{"type":"strikethrough","offset":3,"length":1},
           {"type":"strikethrough","offset":4,"length":1}])"},
      {"upper case", "<B>x</b>", "x", R"([{"type":"bold","offset":0,"length":1}])"},
      {"short end tag", "<b>x</>", "x", R"([{"type":"bold","offset":0,"length":1}])"},
      {"empty element", "<b></b>x", "x", "[]"},
      {"link", "<a href=\"https://example.org/?a=1&amp;b=2\">x</a>", "x",
       R"([{"type":"text_link","offset":0,"length":1,"url":"https://example.org/?a=1&b=2"}])"},
      {"link without a usable address", "<a href=\"http://localhost/\">x</a>", "x", "[]"},
      {"spoilers", "<tg-spoiler>a</tg-spoiler><span class=\"tg-spoiler\">b</span>", "ab",
       R"([{"type":"spoiler","offset":0,"length":1},{"type":"spoiler","offset":1,"length":1}])"},
      {"code with a language", "<pre><code class=\"language-cpp\">x</code></pre>", "x",
       R"([{"type":"pre","offset":0,"length":1,"language":"cpp"}])"},
      {"quotes", "<blockquote>a</blockquote><blockquote expandable>b</blockquote>", "ab",
       R"([{"type":"blockquote","offset":0,"length":1},{"type":"expandable_blockquote","offset":1,"length":1}])"},
      {"date", "<tg-time unix=\"1795457977\" format=\"wDt\">Mo</tg-time>", "Mo",
       R"([{"type":"date_time","offset":0,"length":2,"unix_time":1795457977,"date_time_format":"wDt"}])"},
      {"unquoted attribute", "<tg-emoji emoji-id=5>x</tg-emoji>", "x",
       R"([{"type":"custom_emoji","offset":0,"length":1,"custom_emoji_id":"5"}])"},
  };
  for (const Good& c : kCases) {
    SCOPED_TRACE(c.name);
    const auto parsed = ParseHtml(c.html);
    ASSERT_TRUE(parsed.ok()) << parsed.status();
    EXPECT_EQ(parsed->text, c.text);
    EXPECT_EQ(parsed->entities, json::parse(c.entities)) << parsed->entities;
  }
}

TEST(ParseHtml, RefusesInTelegramsWordsWithByteOffsets) {
  const struct {
    const char* html;
    const char* why;
  } kCases[] = {
      {"<br>", "Unsupported start tag \"br\" at byte offset 0"},
      {"ä<br>", "Unsupported start tag \"br\" at byte offset 2"},
      {"a < b", "Unsupported start tag \"\" at byte offset 2"},
      {"x <b", "Unclosed start tag at byte offset 2"},
      {"<a href", "Unclosed start tag \"a\" at byte offset 0"},
      {"<a href=\"x\"", "Unclosed start tag at byte offset 0"},
      {"<a href=\"x", "Unclosed start tag at byte offset 0"},
      {"<a =\"x\">y</a>", "Empty attribute name in the tag \"a\" at byte offset 0"},
      {"<a href=x/>y</a>", "Unexpected end of name token at byte offset 8"},
      {"<span>x</span>", "Tag \"span\" must have class \"tg-spoiler\" at byte offset 0"},
      {"x</b>", "Unexpected end tag at byte offset 1"},
      {"<b>x</b", "Unclosed end tag at byte offset 4"},
      {"<b>x</i>", "Unmatched end tag at byte offset 4, expected \"</b>\", found \"</i>\""},
      {"<b>x", "Can't find end tag corresponding to start tag \"b\""},
      {"<tg-emoji emoji-id=\"x\">y</tg-emoji>", "Invalid custom emoji identifier specified"},
      {"<tg-time unix=\"5\" format=\"rt\">y</tg-time>", "Invalid date format used"},
      {"<tg-time unix=\"5\" format=\"ts\">y</tg-time>", "Invalid date format used"},
  };
  for (const auto& c : kCases) {
    SCOPED_TRACE(c.html);
    EXPECT_EQ(ParseHtml(c.html).status().message(), std::string("can't parse entities: ") + c.why);
  }
}

TEST(ParseHtml, NeverReadsPastTheEnd) {
  const std::string html =
      "<b>a</b> <a href=\"https://e.org\">ö&#x1F44D;</a><pre><code "
      "class='language-c'>x</code></pre>";
  for (std::size_t length = 0; length <= html.size(); ++length) {
    const std::string part = html.substr(0, length);
    const auto parsed = ParseHtml(part);
    if (!parsed.ok()) continue;
    EXPECT_LE(parsed->text.size(), part.size());
  }
}

TEST(TrimEnds, MovesAndCutsEntities) {
  const auto trimmed = TrimEnds(*ParseHtml(" \n<b> ab </b>\n"));
  EXPECT_EQ(trimmed.text, "ab");
  EXPECT_EQ(trimmed.entities, json::parse(R"([{"type":"bold","offset":0,"length":2}])"));
}

TEST(TrimEnds, DropsEntitiesOfWhiteSpaceOnly) {
  const auto trimmed = TrimEnds(*ParseHtml("a<b> </b>"));
  EXPECT_EQ(trimmed.text, "a");
  EXPECT_TRUE(trimmed.entities.empty());
}

TEST(AddFoundEntities, FindsCommandsAndAddresses) {
  const auto found =
      AddFoundEntities({"👍 /start see https://t.me/bot?start=a_b. not/this", json::array()});
  EXPECT_EQ(found.entities, json::parse(R"([{"type":"bot_command","offset":3,"length":6},
                                             {"type":"url","offset":14,"length":26}])"));
}

TEST(AddFoundEntities, LeavesTextInOtherEntitiesAlone) {
  const auto found = AddFoundEntities(*ParseHtml("<code>/start</code>"));
  EXPECT_EQ(found.entities.size(), 1u);
}

TEST(IsHttpUrl, NeedsAHostWithADot) {
  for (const char* good :
       {"http://a.b", "HTTPS://a.b/c?d#e", "http://127.0.0.1:80/", "http://[::1]/"}) {
    EXPECT_TRUE(IsHttpUrl(good)) << good;
  }
  for (const char* bad : {"", "a.b", "ftp://a.b", "http://", "http://localhost:80/", "http://a b.c",
                          "https:///x.y"}) {
    EXPECT_FALSE(IsHttpUrl(bad)) << bad;
  }
}

}  // namespace
}  // namespace kalends::sim
