#include "core/app/pictures.h"

#include "core/app/profiles_previews.h"
#include "core/base/error.h"
#include "core/base/limits.h"
#include "core/base/missing.h"
#include "core/base/status_macros.h"
#include "storage/profiles.h"

namespace kalends::app {
namespace {

constexpr char kPattern[] = "providers/*/pictures/*";
constexpr int kAll = core::kPicturesPerProviderMax + 1;  // With the photo.

// The picture, if the caller may change it.
absl::StatusOr<core::Picture> Managed(const ReadContext& cx, const core::PictureRef& ref) {
  RETURN_IF_ERROR(ManagedProvider(cx, ref.provider).status());
  auto picture = storage::FindPicture(cx.tx, ref.provider, ref.id);
  if (!picture) return core::NotFound(kPattern, ref.provider, ref.id);
  return *std::move(picture);
}

std::vector<core::Picture> GalleryOf(storage::Transaction& tx, core::ProviderId provider) {
  std::vector<core::Picture> pictures = storage::ListPictures(tx, provider, std::nullopt, kAll);
  std::erase_if(pictures,
                [](const auto& picture) { return picture.role == core::PictureRole::kPhoto; });
  return pictures;
}

void Drop(WriteContext& cx, const storage::BlobStore& blobs, const core::Picture& picture) {
  storage::DeletePicture(cx.tx, picture.provider, picture.id);
  for (const core::PictureFile& file : picture.files) DropBlob(cx, blobs, file.blob);
}

// Numbers the gallery anew, in this order.
void Renumber(WriteContext& cx, std::vector<core::Picture> gallery,
              const std::vector<core::PictureId>& order) {
  for (core::Picture& picture : gallery) {
    const auto place = std::find(order.begin(), order.end(), picture.id);
    const int position = static_cast<int>(place - order.begin()) + 1;
    if (picture.position == position) continue;
    picture.position = position;
    storage::UpdatePicture(cx.tx, picture);
  }
}

std::vector<core::PictureId> OrderOf(const std::vector<core::Picture>& gallery) {
  std::vector<core::PictureId> order;
  order.reserve(gallery.size());
  for (const core::Picture& picture : gallery) order.push_back(picture.id);
  return order;
}

}  // namespace

absl::Status CheckMayAddPicture(const ReadContext& cx, core::ProviderId provider,
                                core::PictureRole role) {
  RETURN_IF_ERROR(ManagedProvider(cx, provider).status());
  if (role == core::PictureRole::kPhoto) return absl::OkStatus();
  return core::CheckGallery(static_cast<int>(GalleryOf(cx.tx, provider).size()));
}

absl::StatusOr<core::Picture> AddPicture(WriteContext& cx, const storage::BlobStore& blobs,
                                         const AddPictureInput& input) {
  RETURN_IF_ERROR(CheckMayAddPicture(cx.AsRead(), input.provider, input.role));
  core::Picture picture;
  picture.provider = input.provider;
  picture.id = cx.ids.Next<core::PictureId>(cx.now);
  picture.role = input.role;
  picture.caption = input.caption;
  picture.created = cx.now;
  RETURN_IF_ERROR(core::CheckPicture(picture));
  if (input.role == core::PictureRole::kPhoto) {
    for (const core::Picture& one : storage::ListPictures(cx.tx, input.provider, {}, 1)) {
      if (one.role == core::PictureRole::kPhoto) Drop(cx, blobs, one);
    }
  } else {
    picture.position = static_cast<int>(GalleryOf(cx.tx, input.provider).size()) + 1;
  }
  for (const NewPictureFile& file : input.files) {
    KeepBlob(cx, input.provider, file.blob);
    picture.files.push_back({file.width, file.height, file.blob.size_bytes, file.blob.id});
  }
  storage::InsertPicture(cx.tx, picture);
  return picture;
}

absl::StatusOr<core::Picture> UpdatePicture(WriteContext& cx, const UpdatePictureInput& input) {
  ASSIGN_OR_RETURN(core::Picture picture, Managed(cx.AsRead(), input.ref));
  if (input.caption) {
    picture.caption = *input.caption;
    RETURN_IF_ERROR(core::CheckPicture(picture));
    storage::UpdatePicture(cx.tx, picture);
  }
  if (input.position) {
    if (picture.role == core::PictureRole::kPhoto) {
      return core::InvalidField("picture.position", "must not be set: a photo has no place");
    }
    std::vector<core::Picture> gallery = GalleryOf(cx.tx, input.ref.provider);
    const auto order = core::Moved(OrderOf(gallery), picture.id, *input.position);
    Renumber(cx, std::move(gallery), order);
  }
  return Managed(cx.AsRead(), input.ref);
}

absl::Status DeletePicture(WriteContext& cx, const storage::BlobStore& blobs,
                           const core::PictureRef& ref) {
  ASSIGN_OR_RETURN(const core::Picture picture, Managed(cx.AsRead(), ref));
  Drop(cx, blobs, picture);
  std::vector<core::Picture> gallery = GalleryOf(cx.tx, ref.provider);
  const auto order = OrderOf(gallery);
  Renumber(cx, std::move(gallery), order);
  return absl::OkStatus();
}

absl::StatusOr<std::vector<core::Picture>> ListPictures(
    const ReadContext& cx, core::ProviderId provider,
    const std::optional<storage::PictureCursor>& after, int limit) {
  RETURN_IF_ERROR(ManagedProvider(cx, provider).status());
  return storage::ListPictures(cx.tx, provider, after, limit);
}

absl::StatusOr<FileView> OpenPicture(const ReadContext& cx, const core::PictureRef& ref, int width,
                                     std::string_view preview) {
  const bool shown =
      !storage::PublishedSlug(cx.tx, ref.provider).empty() || ShowsPage(cx, ref.provider, preview);
  if (!shown) RETURN_IF_ERROR(ManagedProvider(cx, ref.provider).status());
  const auto picture = storage::FindPicture(cx.tx, ref.provider, ref.id);
  if (!picture) return core::NotFound(kPattern, ref.provider, ref.id);
  const core::PictureFile& file = core::FileFor(*picture, width);
  return WithKey(cx, {.file_name = "picture.jpg",
                      .content_type = "image/jpeg",
                      .size_bytes = file.size_bytes,
                      .blob = file.blob,
                      .key = ""});
}

}  // namespace kalends::app
