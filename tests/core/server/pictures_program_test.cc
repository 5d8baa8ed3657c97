// What becomes of pictures that somebody uploads, hostile ones included: the program that decodes
// them, and who runs it.
#include "core/server/pictures_program.h"

#include <gtest/gtest.h>

#include <chrono>
#include <filesystem>
#include <fstream>
#include <thread>

#include "core/base/error.h"
#include "tests/storage/blobs/temporary_directory.h"
#include "tests/support/images.h"

namespace kalends::server {
namespace {

using test::ExifOf;
using test::JpegOf;
using test::Pixel;
using test::PngOf;
using test::ReadJpeg;
using test::Size;

constexpr Pixel kRed{200, 20, 20};
constexpr Pixel kBlue{20, 20, 200};

Pixel Red(int, int) { return kRed; }

PicturePrograms::Next Once(std::string bytes) {
  return [bytes = std::move(bytes)]() mutable { return std::exchange(bytes, {}); };
}

class PictureProgramTest : public testing::Test {
 protected:
  std::vector<core::ShrunkPicture> MustShrink(const std::string& bytes) {
    const auto sizes = programs_.Shrink(Once(bytes));
    EXPECT_TRUE(sizes.ok()) << sizes.status();
    return sizes.value_or(std::vector<core::ShrunkPicture>());
  }
  std::vector<Size> SizesOf(const std::string& bytes) {
    std::vector<Size> sizes;
    for (const core::ShrunkPicture& one : MustShrink(bytes)) {
      sizes.push_back({one.width, one.height});
      const auto image = ReadJpeg(one.jpeg);
      EXPECT_TRUE(image && image->size == sizes.back()) << "it is as large as it says";
    }
    return sizes;
  }
  std::optional<core::Reason> Refused(const std::string& bytes) {
    return core::ReasonOf(programs_.Shrink(Once(bytes)).status());
  }
  // A program of the shell in the place of ours.
  PicturePrograms Other(const std::string& script, std::chrono::milliseconds time_max) {
    const std::filesystem::path path = directory_.path() / "program";
    std::ofstream(path) << "#!/bin/sh\n" << script << "\n";
    std::filesystem::permissions(path, std::filesystem::perms::owner_all);
    return PicturePrograms(path, time_max);
  }

  storage::TemporaryDirectory directory_;
  PicturePrograms programs_{KALENDS_PICTURE_PROGRAM};
};

TEST_F(PictureProgramTest, MakesThreeSizesOfALargePictureAndFewerOfASmallOne) {
  using Sizes = std::vector<Size>;
  EXPECT_EQ(SizesOf(JpegOf({3000, 2000}, Red)), (Sizes{{320, 214}, {640, 427}, {1280, 853}}));
  EXPECT_EQ(SizesOf(JpegOf({500, 400}, Red)), (Sizes{{320, 256}, {500, 400}}));
  EXPECT_EQ(SizesOf(JpegOf({320, 10}, Red)), (Sizes{{320, 10}}));
  EXPECT_EQ(SizesOf(PngOf({1, 1}, Red)), (Sizes{{1, 1}}));
}

TEST_F(PictureProgramTest, MakesWhatIsVeryHighNarrower) {
  EXPECT_EQ(SizesOf(JpegOf({100, 6000}, Red)), (std::vector<Size>{{43, 2560}}));
  EXPECT_EQ(SizesOf(JpegOf({6000, 1}, Red)).back(), (Size{1280, 1}));
}

TEST_F(PictureProgramTest, KeepsNothingOfWhatWasWrittenAboutIt) {
  for (const core::ShrunkPicture& size :
       MustShrink(JpegOf({700, 500}, Red, ExifOf(1) + "GPSLatitude"))) {
    EXPECT_EQ(size.jpeg.find("Exif"), std::string::npos);
    EXPECT_EQ(size.jpeg.find("GPS"), std::string::npos);
    EXPECT_EQ(size.jpeg.find("Anna"), std::string::npos);
  }
}

TEST_F(PictureProgramTest, TurnsItUpright) {
  // Red above blue, as a camera that lay on its side stored it: red at the left.
  const auto stored =
      JpegOf({600, 900}, [](int, int y) { return y < 450 ? kRed : kBlue; }, ExifOf(6));
  const auto sizes = MustShrink(stored);
  ASSERT_FALSE(sizes.empty());
  const auto image = ReadJpeg(sizes.back().jpeg);
  ASSERT_TRUE(image);
  EXPECT_EQ(image->size, (Size{900, 600}));
  EXPECT_GT(image->At(800, 300).red, 150) << "what was on top is at the right";
  EXPECT_GT(image->At(100, 300).blue, 150);
}

TEST_F(PictureProgramTest, PutsWhatIsTransparentOnWhite) {
  const auto sizes = MustShrink(PngOf({40, 40}, Red, 0));
  ASSERT_EQ(sizes.size(), 1U);
  const auto image = ReadJpeg(sizes[0].jpeg);
  ASSERT_TRUE(image);
  EXPECT_GT(image->At(20, 20).blue, 250);
}

TEST_F(PictureProgramTest, RefusesWhatIsNoPicture) {
  const std::string jpeg = JpegOf({64, 64}, Red);
  const std::string png = PngOf({64, 64}, Red);
  using namespace std::string_literals;
  for (const std::string& bytes : {""s, "x"s, "<svg xmlns='http://www.w3.org/2000/svg'/>"s,
                                   "GIF89a\1\0\1\0\0\0\0;"s, "\xFF\xD8\xFF"s, "\x89PNG\r\n\x1a\n"s,
                                   png.substr(0, png.size() / 2), jpeg.substr(0, 100)}) {
    EXPECT_EQ(Refused(bytes), core::Reason::kPictureUnreadable);
  }
}

TEST_F(PictureProgramTest, RefusesMorePixelsThanThereMayBeBeforeItTakesMemoryForThem) {
  std::string png = PngOf({64, 64}, Red);
  // 60,000 by 60,000, as the head of the file says.
  png.replace(16, 8, std::string("\0\0\xEA\x60\0\0\xEA\x60", 8));
  std::string jpeg = JpegOf({64, 64}, Red);
  const std::size_t frame = jpeg.find("\xFF\xC0");
  jpeg.replace(frame + 5, 4, "\xFF\x00\xFF\x00", 4);
  const auto begun = std::chrono::steady_clock::now();
  EXPECT_EQ(Refused(png), core::Reason::kPictureUnreadable);
  EXPECT_EQ(Refused(jpeg), core::Reason::kPictureUnreadable);
  EXPECT_LT(std::chrono::steady_clock::now() - begun, std::chrono::seconds(5));
}

TEST_F(PictureProgramTest, OutlivesAnyBytes) {
  const std::string jpeg = JpegOf({90, 60}, Red, ExifOf(3));
  const std::string png = PngOf({90, 60}, Red);
  unsigned seed = 20261130;
  for (int i = 0; i < 60; ++i) {
    std::string bytes = i % 2 == 0 ? jpeg : png;
    for (int change = 0; change < 4; ++change) {
      seed = seed * 1664525U + 1013904223U;
      bytes[(seed >> 8U) % bytes.size()] = static_cast<char>(seed >> 24U);
    }
    const auto sizes = programs_.Shrink(Once(bytes));
    EXPECT_TRUE(sizes.ok() || core::ReasonOf(sizes.status()) == core::Reason::kPictureUnreadable)
        << sizes.status();
  }
}

TEST_F(PictureProgramTest, EndsAProgramThatTakesTooLong) {
  const auto begun = std::chrono::steady_clock::now();
  // One that answers nothing, and one that has answered and does not end.
  for (const char* script : {"exec sleep 60", "exec sleep 60 <&- >&-"}) {
    PicturePrograms slow = Other(script, std::chrono::milliseconds(200));
    EXPECT_EQ(core::ReasonOf(slow.Shrink(Once("x")).status()), core::Reason::kPictureUnreadable);
  }
  EXPECT_LT(std::chrono::steady_clock::now() - begun, std::chrono::seconds(20));
}

TEST_F(PictureProgramTest, TrustsNoAnswerOfAProgramThatWasTakenOver) {
  for (const char* script : {"exit 0", "printf x", "cat /dev/zero",
                             "printf '\\1\\0\\0\\0\\1\\0\\0\\0\\377\\377\\377\\377x'",
                             "printf '\\1\\0\\0\\0\\1\\0\\0\\0\\1\\0\\0\\0x'; exit 3"}) {
    PicturePrograms other = Other(script, std::chrono::seconds(20));
    EXPECT_EQ(core::ReasonOf(other.Shrink(Once("x")).status()), core::Reason::kPictureUnreadable)
        << script;
  }
}

TEST_F(PictureProgramTest, HasNothingOfTheCores) {
  PicturePrograms nosy = Other(
      "cat >/dev/null\n"
      "[ -z \"$HOME$KALENDS_SECRET\" ] && [ $(ls /proc/self/fd | wc -l) -le 4 ] &&"
      " printf '\\1\\0\\0\\0\\1\\0\\0\\0\\1\\0\\0\\0x'",
      std::chrono::seconds(20));
  setenv("KALENDS_SECRET", "x", 1);
  const std::ofstream open(directory_.path() / "open");
  EXPECT_TRUE(nosy.Shrink(Once("x")).ok());
}

TEST_F(PictureProgramTest, RunsSoManyAtOnceAndNoMore) {
  PicturePrograms slow = Other("exec sleep 60", std::chrono::seconds(3));
  std::vector<std::thread> threads;
  std::atomic<int> busy = 0;
  for (int i = 0; i < core::kPicturesAtOnceMax + 1; ++i) {
    threads.emplace_back([&] {
      if (core::ReasonOf(slow.Shrink(Once("x")).status()) == core::Reason::kBusy) ++busy;
    });
  }
  for (std::thread& thread : threads) thread.join();
  EXPECT_EQ(busy, 1);
}

TEST_F(PictureProgramTest, SaysWhereTheProgramIsMissing) {
  PicturePrograms none("/no/such/program");
  const absl::Status status = none.Shrink(Once("x")).status();
  EXPECT_FALSE(status.ok());
  EXPECT_EQ(core::ReasonOf(status), std::nullopt) << "it is our fault";
}

}  // namespace
}  // namespace kalends::server
