#include "core/pictures/picture.h"

#include <gtest/gtest.h>

#include "core/base/error.h"
#include "core/base/limits.h"
#include "tests/support/violation.h"

namespace kalends::core {
namespace {

TEST(CheckPicture, TakesACaptionOfOneLine) {
  Picture picture;
  picture.caption = std::string(kCaptionCharsMax, 'a');
  EXPECT_TRUE(CheckPicture(picture).ok());
  for (const std::string& caption : {std::string(kCaptionCharsMax + 1, 'a'), std::string("a\nb")}) {
    picture.caption = caption;
    EXPECT_EQ(test::FieldOf(CheckPicture(picture)), "picture.caption");
  }
}

TEST(CheckGallery, EndsAtTheLimit) {
  EXPECT_TRUE(CheckGallery(kPicturesPerProviderMax - 1).ok());
  EXPECT_EQ(ReasonOf(CheckGallery(kPicturesPerProviderMax)), Reason::kLimitReached);
}

TEST(CheckPictureSize, EndsAtTheLimit) {
  EXPECT_TRUE(CheckPictureSize(kPictureBytesMax).ok());
  EXPECT_EQ(ReasonOf(CheckPictureSize(kPictureBytesMax + 1)), Reason::kFileTooLarge);
}

TEST(FileFor, IsTheSmallestThatIsWideEnough) {
  Picture picture;
  for (const int width : {320, 640, 1280}) picture.files.push_back({width, width, 1, ""});
  EXPECT_EQ(FileFor(picture, 1).width, 320);
  EXPECT_EQ(FileFor(picture, 320).width, 320);
  EXPECT_EQ(FileFor(picture, 321).width, 640);
  EXPECT_EQ(FileFor(picture, 5000).width, 1280);
  EXPECT_EQ(FileFor(picture, 0).width, 1280);
}

TEST(Moved, PutsOnePictureInItsPlace) {
  const std::vector<PictureId> gallery = {{1}, {2}, {3}};
  using Ids = std::vector<PictureId>;
  EXPECT_EQ(Moved(gallery, {3}, 1), (Ids{{3}, {1}, {2}}));
  EXPECT_EQ(Moved(gallery, {1}, 2), (Ids{{2}, {1}, {3}}));
  EXPECT_EQ(Moved(gallery, {1}, 99), (Ids{{2}, {3}, {1}}));
  EXPECT_EQ(Moved(gallery, {2}, 0), (Ids{{2}, {1}, {3}}));
}

}  // namespace
}  // namespace kalends::core
