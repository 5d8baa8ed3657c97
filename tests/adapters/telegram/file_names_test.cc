#include "adapters/telegram/file_names.h"

#include <gtest/gtest.h>

namespace kalends::telegram {
namespace {

SentFile Photo(const std::string& caption) {
  return {.kind = SentFile::Kind::kPhoto,
          .file_id = "p",
          .name = {},
          .type = {},
          .size_bytes = 1,
          .caption = caption};
}

std::vector<std::string> Names(const std::vector<SentFile>& files) {
  const LocalTime sent = ToLocal("Europe/Berlin", Instant(std::chrono::seconds(1796058007)));
  return NamesOfFiles(files, sent, [](SentFile::Kind kind) {
    return kind == SentFile::Kind::kPhoto   ? std::string("Foto")
           : kind == SentFile::Kind::kVoice ? std::string("Sprachnachricht")
                                            : std::string("Datei");
  });
}

using All = std::vector<std::string>;

TEST(NamesOfFiles, CaptionsNamePhotos) {
  EXPECT_EQ(Names({Photo("Vorderseite"), Photo("Rückseite\nmit Stempel"), Photo("a/b: c?")}),
            (All{"Vorderseite.jpg", "Rückseite.jpg", "a b  c.jpg"}));
}

TEST(NamesOfFiles, WhatHasNoCaptionIsNamedByItsTimeAndNumbered) {
  EXPECT_EQ(Names({Photo(""), Photo("  "), Photo("...")}),
            (All{"Foto 2026-11-30 18-00-07.jpg", "Foto 2026-11-30 18-00-07 (2).jpg",
                 "Foto 2026-11-30 18-00-07 (3).jpg"}));
  SentFile voice = Photo("");
  voice.kind = SentFile::Kind::kVoice;
  EXPECT_EQ(Names({voice}), All{"Sprachnachricht 2026-11-30 18-00-07.ogg"});
}

TEST(NamesOfFiles, TheSameNameIsThereOnce) {
  SentFile scan;
  scan.name = "scan.pdf";
  EXPECT_EQ(Names({scan, scan, Photo("scan")}), (All{"scan.pdf", "scan (2).pdf", "scan.jpg"}));
  EXPECT_EQ(Names({Photo("Rezept"), Photo("Rezept")}), (All{"Rezept.jpg", "Rezept (2).jpg"}));
}

TEST(NamesOfFiles, AFileWithoutANameStillHasItsEnding) {
  SentFile film;
  film.type = "video/mp4";
  EXPECT_EQ(Names({film}), All{"Datei 2026-11-30 18-00-07.mp4"});
}

TEST(NamesOfFiles, WhatCannotBeSeenNamesNothing) {
  EXPECT_EQ(Names({Photo("\u3164")}), All{"Foto 2026-11-30 18-00-07.jpg"});
  const std::string name = Names({Photo(std::string(300, 'x'))}).front();
  EXPECT_EQ(name, std::string(60, 'x') + ".jpg");
}

}  // namespace
}  // namespace kalends::telegram
