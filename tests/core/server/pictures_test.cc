// Pictures of a public page: who puts them there, and who gets to see them.
#include <gtest/gtest.h>

#include "tests/support/await.h"
#include "tests/support/export.h"
#include "tests/support/files.h"
#include "tests/support/images.h"

namespace kalends::test {
namespace {

using Pictures = v1::PictureService::Stub;
using Profiles = v1::ProfileService::Stub;
using Strings = std::vector<std::string>;

constexpr Size kLarge{1600, 1200};

Pixel Grey(int, int) { return {120, 120, 120}; }

class PicturesTest : public testing::Test {
 protected:
  static v1::UploadPictureRequest First(v1::Picture::Role role, const std::string& caption) {
    v1::UploadPictureRequest first;
    first.mutable_header()->set_parent("providers/me");
    first.mutable_header()->mutable_picture()->set_role(role);
    first.mutable_header()->mutable_picture()->set_caption(caption);
    first.mutable_header()->set_request_id(Client::NextRequestId());
    return first;
  }
  grpc::Status Send(const v1::UploadPictureRequest& first, std::string_view bytes,
                    v1::Picture* picture) const {
    return Upload(practice_.specialist, &Pictures::UploadPicture, first, bytes, picture);
  }
  v1::Picture Add(v1::Picture::Role role, const std::string& caption,
                  const Size& size = {40, 30}) const {
    v1::Picture picture;
    EXPECT_EQ(ReasonOf(Send(First(role, caption), JpegOf(size, Grey), &picture)), "OK");
    return picture;
  }
  v1::Picture AddToGallery(const std::string& caption) const {
    return Add(v1::Picture::ROLE_GALLERY, caption);
  }
  std::string TryAdd(std::string_view bytes) const {
    v1::Picture picture;
    return ReasonOf(Send(First(v1::Picture::ROLE_GALLERY, ""), bytes, &picture));
  }
  std::vector<v1::Picture> List() const {
    v1::ListPicturesRequest request;
    request.set_parent("providers/me");
    const auto answer = practice_.specialist.Must(&Pictures::ListPictures, request);
    return {answer.pictures().begin(), answer.pictures().end()};
  }
  Strings Captions() const {
    Strings captions;
    for (const v1::Picture& picture : List()) captions.push_back(picture.caption());
    return captions;
  }
  v1::UpdatePictureRequest Update(const v1::Picture& picture, const std::string& path) const {
    v1::UpdatePictureRequest request;
    *request.mutable_picture() = picture;
    request.mutable_update_mask()->add_paths(path);
    return request;
  }
  void MoveTo(v1::Picture picture, int position) const {
    picture.set_position(position);
    practice_.specialist.Must(&Pictures::UpdatePicture, Update(picture, "position"));
  }
  void Delete(const v1::Picture& picture) const {
    v1::DeletePictureRequest request;
    request.set_name(picture.name());
    practice_.specialist.Must(&Pictures::DeletePicture, request);
  }
  static v1::GetPictureFileRequest FileOf(const v1::Picture& picture, int width) {
    v1::GetPictureFileRequest request;
    request.set_name(picture.name());
    request.set_width(width);
    return request;
  }
  v1::Profile Publish(bool published) const {
    v1::UpdateProfileRequest request;
    request.mutable_profile()->set_name("providers/me/profile");
    request.mutable_profile()->set_published(published);
    request.mutable_update_mask()->add_paths("published");
    return practice_.specialist.Must(&Profiles::UpdateProfile, request);
  }
  v1::PublicProfile Page() const {
    v1::GetPublicProfileRequest request;
    request.set_slug(Publish(true).slug());
    return web_.Must(&Profiles::GetPublicProfile, request);
  }
  int FilesOnDisk() const { return FilesIn(server_.blobs()); }

  TestServer server_;
  Practice practice_{server_};
  Client web_{server_, server_.MakeKey({v1::SCOPE_WEB})};
};

TEST_F(PicturesTest, AnUploadIsKeptInItsSizesAndTheFileItselfIsNot) {
  const v1::Picture picture = Add(v1::Picture::ROLE_GALLERY, "Der Raum", kLarge);
  EXPECT_TRUE(picture.name().starts_with(practice_.provider + "/pictures/"));
  EXPECT_EQ(picture.caption(), "Der Raum");
  EXPECT_EQ(picture.position(), 1);
  ASSERT_EQ(picture.sizes_size(), 3);
  EXPECT_EQ(picture.sizes(0).width(), 320);
  EXPECT_EQ(picture.sizes(2).width(), 1280);
  EXPECT_EQ(picture.sizes(2).height(), 960);
  EXPECT_EQ(FilesOnDisk(), 3);
  const auto file = practice_.specialist.Must(&Pictures::GetPictureFile, FileOf(picture, 600));
  EXPECT_EQ(file.content_type(), "image/jpeg");
  EXPECT_EQ(static_cast<std::int64_t>(file.data().size()), picture.sizes(1).size_bytes());
  const auto image = ReadJpeg(file.data());
  ASSERT_TRUE(image);
  EXPECT_EQ(image->size, (Size{640, 480}));
}

TEST_F(PicturesTest, WhatIsNoPictureIsRefusedAndLeavesNothing) {
  EXPECT_EQ(TryAdd("not a picture"), "PICTURE_UNREADABLE");
  EXPECT_EQ(TryAdd(""), "EMPTY_FILE");
  EXPECT_EQ(TryAdd(std::string(21 * kMegabyte, 'x')), "FILE_TOO_LARGE");
  EXPECT_EQ(Captions(), Strings{});
  EXPECT_TRUE(Eventually([&] { return FilesOnDisk() == 0; }));
}

TEST_F(PicturesTest, ARepeatIsAnsweredAsBeforeAndStoresNothing) {
  const auto first = First(v1::Picture::ROLE_GALLERY, "one");
  const std::string bytes = JpegOf({40, 30}, Grey);
  v1::Picture picture;
  v1::Picture again;
  EXPECT_EQ(ReasonOf(Send(first, bytes, &picture)), "OK");
  EXPECT_EQ(ReasonOf(Send(first, bytes, &again)), "OK");
  EXPECT_EQ(again.SerializeAsString(), picture.SerializeAsString());
  EXPECT_EQ(ReasonOf(Send(first, JpegOf({41, 30}, Grey), &again)), "REQUEST_ID_REUSED");
  EXPECT_EQ(Captions(), Strings{"one"});
  EXPECT_TRUE(Eventually([&] { return FilesOnDisk() == 1; }));
}

TEST_F(PicturesTest, APhotoTakesThePlaceOfTheOneBefore) {
  Add(v1::Picture::ROLE_PHOTO, "before");
  const v1::Picture photo = Add(v1::Picture::ROLE_PHOTO, "after");
  AddToGallery("room");
  EXPECT_EQ(photo.position(), 0);
  EXPECT_EQ(Captions(), (Strings{"after", "room"}));
  EXPECT_TRUE(Eventually([&] { return FilesOnDisk() == 2; }));
  v1::Picture moved = photo;
  moved.set_position(1);
  EXPECT_EQ(practice_.specialist.Try(&Pictures::UpdatePicture, Update(moved, "position")),
            "INVALID_FIELD");
}

TEST_F(PicturesTest, TheGalleryHasAnOrderThatCanBeChanged) {
  AddToGallery("a");
  AddToGallery("b");
  const v1::Picture c = AddToGallery("c");
  MoveTo(c, 1);
  EXPECT_EQ(Captions(), (Strings{"c", "a", "b"}));
  MoveTo(c, 99);
  EXPECT_EQ(Captions(), (Strings{"a", "b", "c"}));
  Delete(List()[0]);
  const auto left = List();
  ASSERT_EQ(left.size(), 2U);
  EXPECT_EQ(left[0].position(), 1);
  EXPECT_EQ(left[1].position(), 2);
  AddToGallery("d");
  EXPECT_EQ(Captions(), (Strings{"b", "c", "d"}));
}

TEST_F(PicturesTest, ACaptionCanBeChangedAndIsCleaned) {
  v1::Picture picture = AddToGallery("a");
  picture.set_caption("  Der \u202E Raum ");
  const auto changed =
      practice_.specialist.Must(&Pictures::UpdatePicture, Update(picture, "caption"));
  EXPECT_EQ(changed.caption(), "Der Raum");
  picture.set_caption(std::string(201, 'a'));
  EXPECT_EQ(practice_.specialist.Try(&Pictures::UpdatePicture, Update(picture, "caption")),
            "INVALID_FIELD");
}

TEST_F(PicturesTest, WhatIsDeletedIsGoneFromTheDisk) {
  const v1::Picture picture = Add(v1::Picture::ROLE_GALLERY, "", kLarge);
  Delete(picture);
  EXPECT_EQ(practice_.specialist.Try(&Pictures::GetPictureFile, FileOf(picture, 0)), "NOT_FOUND");
  v1::DeletePictureRequest again;
  again.set_name(picture.name());
  EXPECT_EQ(practice_.specialist.Try(&Pictures::DeletePicture, again), "NOT_FOUND");
  EXPECT_TRUE(Eventually([&] { return FilesOnDisk() == 0; }));
}

TEST_F(PicturesTest, AGalleryEndsAtItsLimitAndAPhotoIsBeyondIt) {
  for (int i = 0; i < core::kPicturesPerProviderMax; ++i) AddToGallery(std::to_string(i));
  EXPECT_EQ(TryAdd(JpegOf({40, 30}, Grey)), "LIMIT_REACHED");
  Add(v1::Picture::ROLE_PHOTO, "photo");
  EXPECT_EQ(Page().pictures_size(), core::kPicturesPerProviderMax);
}

TEST_F(PicturesTest, EverybodySeesThemWhileThePageIsPublished) {
  const v1::Picture photo = Add(v1::Picture::ROLE_PHOTO, "Marie");
  AddToGallery("room");
  EXPECT_EQ(web_.Try(&Pictures::GetPictureFile, FileOf(photo, 320)), "NOT_FOUND");
  EXPECT_EQ(practice_.customer.Try(&Pictures::GetPictureFile, FileOf(photo, 320)), "NOT_FOUND");
  const v1::PublicProfile page = Page();
  EXPECT_EQ(page.photo().caption(), "Marie");
  ASSERT_EQ(page.pictures_size(), 1);
  EXPECT_EQ(page.pictures(0).caption(), "room");
  EXPECT_EQ(web_.Try(&Pictures::GetPictureFile, FileOf(photo, 320)), "OK");
  Publish(false);
  EXPECT_EQ(web_.Try(&Pictures::GetPictureFile, FileOf(photo, 320)), "NOT_FOUND");
}

TEST_F(PicturesTest, AnExportHasThem) {
  const v1::Picture picture = AddToGallery("room");
  const auto files = ExportOf(practice_.specialist).files;
  EXPECT_NE(files.at("provider/pictures.json").find("room"), std::string::npos);
  const std::string id = picture.name().substr(picture.name().rfind('/') + 1);
  bool found = false;
  for (const auto& [path, bytes] : files) {
    if (path.starts_with("provider/pictures/" + id)) found = ReadJpeg(bytes).has_value();
  }
  EXPECT_TRUE(found);
}

TEST_F(PicturesTest, NothingIsLeftOfAnErasedAccounts) {
  Add(v1::Picture::ROLE_PHOTO, "Marie");
  AddToGallery("room");
  EXPECT_EQ(FilesOnDisk(), 2);
  v1::DeleteAccountRequest request;
  request.set_name("accounts/me");
  practice_.specialist.Must(&v1::PrivacyService::Stub::DeleteAccount, request);
  EXPECT_TRUE(Eventually([&] { return FilesOnDisk() == 0; }));
}

}  // namespace
}  // namespace kalends::test
