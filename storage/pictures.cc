#include "storage/pictures.h"

#include "storage/privacy.h"
#include "storage/sealed.h"
#include "storage/values.h"

namespace kalends::storage {
namespace {

Place CaptionPlace(core::ProviderId provider, core::PictureId id) {
  return Place("pictures.caption", provider, id);
}

core::Picture ReadPicture(const Row& row) {
  core::Picture picture;
  picture.provider = IdAt<core::ProviderId>(row, 0);
  picture.id = IdAt<core::PictureId>(row, 1);
  picture.position = NumberAt(row, 2);
  picture.role = picture.position == 0 ? core::PictureRole::kPhoto : core::PictureRole::kGallery;
  picture.caption = OpenedAt(row, 3, CaptionPlace(picture.provider, picture.id));
  picture.created = InstantAt(row, 4);
  return picture;
}

void ReadFiles(Transaction& tx, core::Picture& picture) {
  picture.files = RowsOf(tx,
                         "SELECT width, height, size_bytes, blob_id FROM picture_files"
                         " WHERE provider_id = $1 AND picture_id = $2 ORDER BY width",
                         {ToValue(picture.provider), ToValue(picture.id)}, [](const Row& row) {
                           return core::PictureFile{NumberAt(row, 0), NumberAt(row, 1), row.Int(2),
                                                    row.Text(3)};
                         });
}

}  // namespace

void InsertPicture(Transaction& tx, const core::Picture& picture) {
  const std::string caption =
      Sealed(tx, picture.caption, CaptionPlace(picture.provider, picture.id));
  tx.Execute(
      "INSERT INTO pictures (provider_id, id, position, caption, created_s)"
      " VALUES ($1, $2, $3, $4, $5)",
      {ToValue(picture.provider), ToValue(picture.id), ToValue(picture.position), caption,
       ToValue(picture.created)});
  for (const core::PictureFile& file : picture.files) {
    tx.Execute(
        "INSERT INTO picture_files (provider_id, picture_id, width, height, size_bytes, blob_id)"
        " VALUES ($1, $2, $3, $4, $5, $6)",
        {ToValue(picture.provider), ToValue(picture.id), ToValue(file.width), ToValue(file.height),
         file.size_bytes, file.blob});
  }
}

std::optional<core::Picture> FindPicture(Transaction& tx, core::ProviderId provider,
                                         core::PictureId id) {
  auto picture = RowOf(tx,
                       "SELECT provider_id, id, position, caption, created_s FROM pictures"
                       " WHERE provider_id = $1 AND id = $2",
                       {ToValue(provider), ToValue(id)}, ReadPicture);
  if (picture) ReadFiles(tx, *picture);
  return picture;
}

void UpdatePicture(Transaction& tx, const core::Picture& picture) {
  const std::string caption =
      Sealed(tx, picture.caption, CaptionPlace(picture.provider, picture.id));
  tx.Execute("UPDATE pictures SET caption = $3, position = $4 WHERE provider_id = $1 AND id = $2",
             {ToValue(picture.provider), ToValue(picture.id), caption, ToValue(picture.position)});
}

void DeletePicture(Transaction& tx, core::ProviderId provider, core::PictureId id) {
  tx.Execute("DELETE FROM picture_files WHERE provider_id = $1 AND picture_id = $2",
             {ToValue(provider), ToValue(id)});
  tx.Execute("DELETE FROM pictures WHERE provider_id = $1 AND id = $2",
             {ToValue(provider), ToValue(id)});
}

std::vector<core::Picture> ListPictures(Transaction& tx, core::ProviderId provider,
                                        const std::optional<PictureCursor>& after, int limit) {
  const PictureCursor from = after.value_or(PictureCursor{-1, {}});
  auto pictures =
      RowsOf(tx,
             "SELECT provider_id, id, position, caption, created_s FROM pictures"
             " WHERE provider_id = $1 AND (position, id) > ($2, $3)"
             " ORDER BY position, id LIMIT $4",
             {ToValue(provider), ToValue(from.position), ToValue(from.id), limit}, ReadPicture);
  AddOrLeaveOut(tx, pictures, [&](core::Picture& picture) { ReadFiles(tx, picture); });
  return pictures;
}

namespace {

constexpr std::string_view kErasedTables[] = {"pictures", "picture_files"};

UnusedBlobs EraseOfProvider(Transaction& tx, const Leaver& leaver) {
  UnusedBlobs blobs =
      RowsOf(tx, "SELECT blob_id FROM picture_files WHERE provider_id = $1",
             {ToValue(*leaver.provider)}, [](const Row& row) { return row.Text(0); });
  ExecuteAll(tx,
             {"DELETE FROM picture_files WHERE provider_id = $1",
              "DELETE FROM pictures WHERE provider_id = $1"},
             {ToValue(*leaver.provider)});
  return blobs;
}

}  // namespace

extern constinit const Erasure kPicturesErasure{
    .subject = "pictures", .tables = kErasedTables, .of_provider = EraseOfProvider};

}  // namespace kalends::storage
