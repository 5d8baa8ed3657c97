#include "storage/pictures.h"

#include <gtest/gtest.h>

#include "storage/documents.h"
#include "storage/privacy.h"
#include "tests/storage/sample.h"

namespace kalends::storage {
namespace {

// With two sizes.
core::Picture SamplePicture(core::PictureId id, int position) {
  core::Picture picture;
  picture.provider = kCarla;
  picture.id = id;
  picture.role = position == 0 ? core::PictureRole::kPhoto : core::PictureRole::kGallery;
  picture.position = position;
  picture.caption = "Picture " + std::to_string(id.value);
  picture.created = kNow;
  for (const int width : {320, 640}) {
    picture.files.push_back(
        {width, width / 2, width * 10,
         std::string(28, 'a') + std::to_string(id.value * 1000 + width % 1000)});
  }
  return picture;
}

void Insert(Transaction& tx, const core::Picture& picture) {
  for (const core::PictureFile& file : picture.files) {
    InsertBlob(tx, {picture.provider, file.blob, file.size_bytes, "wrapped", "key12345"});
  }
  InsertPicture(tx, picture);
}

std::vector<core::PictureId> PicturesOf(const std::vector<core::Picture>& pictures) {
  std::vector<core::PictureId> ids;
  for (const core::Picture& picture : pictures) ids.push_back(picture.id);
  return ids;
}

TEST(Pictures, APictureComesBackAsItWasWritten) {
  Store store;
  const core::Picture picture = SamplePicture({1}, 1);
  store.Write([&](Transaction& tx) {
    InsertMasterKey(tx, "key12345", kNow);
    Insert(tx, picture);
  });
  const auto found = store.Read([](Transaction& tx) { return FindPicture(tx, kCarla, {1}); });
  ASSERT_TRUE(found);
  EXPECT_EQ(found->role, core::PictureRole::kGallery);
  EXPECT_EQ(found->caption, picture.caption);
  EXPECT_EQ(found->position, 1);
  EXPECT_EQ(found->created, kNow);
  ASSERT_EQ(found->files.size(), 2U);
  EXPECT_EQ(found->files[1].width, 640);
  EXPECT_EQ(found->files[1].height, 320);
  EXPECT_EQ(found->files[1].size_bytes, 6400);
  EXPECT_EQ(found->files[1].blob, picture.files[1].blob);
}

TEST(Pictures, AreListedInOrderThePhotoFirst) {
  Store store;
  store.Write([&](Transaction& tx) {
    InsertMasterKey(tx, "key12345", kNow);
    Insert(tx, SamplePicture({1}, 2));
    Insert(tx, SamplePicture({2}, 0));
    Insert(tx, SamplePicture({3}, 1));
    core::Picture moved = SamplePicture({1}, 3);
    moved.caption = "moved";
    UpdatePicture(tx, moved);
  });
  using Ids = std::vector<core::PictureId>;
  const auto all =
      store.Read([](Transaction& tx) { return ListPictures(tx, kCarla, std::nullopt, 9); });
  EXPECT_EQ(PicturesOf(all), (Ids{{2}, {3}, {1}}));
  EXPECT_EQ(all[2].caption, "moved");
  const auto rest = store.Read(
      [](Transaction& tx) { return ListPictures(tx, kCarla, PictureCursor{0, {2}}, 1); });
  EXPECT_EQ(PicturesOf(rest), (Ids{{3}}));
}

TEST(Pictures, ADeletedOneIsGoneWithItsFiles) {
  Store store;
  store.Write([&](Transaction& tx) {
    InsertMasterKey(tx, "key12345", kNow);
    const core::Picture picture = SamplePicture({1}, 0);
    Insert(tx, picture);
    DeletePicture(tx, kCarla, {1});
    for (const core::PictureFile& file : picture.files) DeleteBlob(tx, file.blob);
  });
  EXPECT_FALSE(store.Read([](Transaction& tx) { return FindPicture(tx, kCarla, {1}); }));
}

}  // namespace
}  // namespace kalends::storage
