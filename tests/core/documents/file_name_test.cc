#include "core/documents/file_name.h"

#include <gtest/gtest.h>

#include "core/base/limits.h"

namespace kalends::core {
namespace {

TEST(CleanFileName, LeavesWhatIsSafeToShowAndToSave) {
  const std::string long_name(150, 'x');
  const struct {
    const char* what;
    std::string name;
    std::string clean;
  } kCases[] = {
      {"an ordinary name", "Befund 2026.pdf", "Befund 2026.pdf"},
      {"umlauts, other scripts", "Größe 履歴書 резюме.txt", "Größe 履歴書 резюме.txt"},
      {"emoji with joiners", "\U0001F468\u200D\U0001F469\u200D\U0001F467 \u2764\uFE0F.jpg",
       "\U0001F468\u200D\U0001F469\u200D\U0001F467 \u2764\uFE0F.jpg"},
      {"a path", "/etc/passwd", "passwd"},
      {"a path upwards", "../../etc/passwd", "passwd"},
      {"a path of Windows", "C:\\Users\\anna\\scan.pdf", "scan.pdf"},
      {"only a path", "a/b/", "file"},
      {"dots alone", "..", "file"},
      {"a hidden file", ".bashrc", "bashrc"},
      {"dots and blanks at the end", "a.txt. . ", "a.txt"},
      {"nothing", "", "file"},
      {"blanks alone", " \t\n ", "file"},
      {"line breaks and tabs", "a\r\nb\tc.txt", "a b c.txt"},
      {"control characters", std::string("a\0b\x01\x1b[31m\x7f.txt", 14), "ab[31m.txt"},
      {"controls of Latin-1", "a\u0080\u009Fb.txt", "ab.txt"},
      {"a turned extension", "photo\u202Egpj.exe", "photogpj.exe"},
      {"isolates and marks", "\u2066a\u2069\u200F\u200E\u061Cb.txt", "ab.txt"},
      {"invisible characters", "a\u200Bb\uFEFFc\u2060.txt", "abc.txt"},
      {"blanks of other kinds", "a\u00A0\u3000\u2028b.txt", "a b.txt"},
      {"quotes and wild cards", "a\"b<c>d:e|f?g*.txt", "a_b_c_d_e_f_g_.txt"},
      {"not UTF-8", "a\xff\xc0\x80z.txt", "a___z.txt"},
      {"a device of DOS", "CON.txt", "_CON.txt"},
      {"a numbered device", "lpt1", "_lpt1"},
      {"no device", "console.txt", "console.txt"},
      {"HTML", "<b>x</b>.txt", "b_.txt"},
      {"too long", long_name + ".pdf", std::string(96, 'x') + ".pdf"},
      {"too long without an extension", long_name, std::string(100, 'x')},
      {"an endless extension", "a." + long_name, "a." + std::string(98, 'x')},
  };
  for (const auto& c : kCases) {
    SCOPED_TRACE(c.what);
    EXPECT_EQ(CleanFileName(c.name), c.clean);
    EXPECT_EQ(CleanFileName(c.clean), c.clean);
  }
}

TEST(CleanContentType, IsAMediaTypeWithoutParameters) {
  EXPECT_EQ(CleanContentType(""), "application/octet-stream");
  EXPECT_EQ(CleanContentType("image/JPEG"), "image/jpeg");
  EXPECT_EQ(CleanContentType("text/plain; charset=utf-8"), "text/plain");
  EXPECT_EQ(CleanContentType("image/svg+xml"), "image/svg+xml");
  for (const std::string text :
       {"pdf", "/", "image/", "/png", "a/b/c", "text/html\r\nX: y", "text/ html", "te\"xt/html"}) {
    EXPECT_EQ(CleanContentType(text), std::nullopt) << text;
  }
  EXPECT_TRUE(CleanContentType("a/" + std::string(kContentTypeBytesMax - 2, 'b')));
  EXPECT_FALSE(CleanContentType("a/" + std::string(kContentTypeBytesMax - 1, 'b')));
}

TEST(FileName, ADeviceWithALongEndingStaysWithinTheLimit) {
  const std::string name = CleanFileName("nul." + std::string(200, 'x'));
  EXPECT_EQ(name.substr(0, 5), "_nul.");
  EXPECT_EQ(name.size(), kFileNameCharsMax);
}

}  // namespace
}  // namespace kalends::core
