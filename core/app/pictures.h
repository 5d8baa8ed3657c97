// Use cases of pictures of public pages.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "core/app/context.h"
#include "core/app/documents.h"
#include "core/pictures/picture.h"
#include "storage/blobs/blob_store.h"
#include "storage/pictures.h"

namespace kalends::app {

// Whether the provider takes one more picture of the role, and is the caller's to change:
// NOT_FOUND, LIMIT_REACHED.
absl::Status CheckMayAddPicture(const ReadContext& cx, core::ProviderId provider,
                                core::PictureRole role);

// A size of a picture whose bytes are on disk.
struct NewPictureFile {
  int width = 0;
  int height = 0;
  storage::NewBlob blob;
};
struct AddPictureInput {
  core::ProviderId provider;
  core::PictureRole role = core::PictureRole::kGallery;
  std::string caption;
  std::vector<NewPictureFile> files;  // The smallest first.
};
// At the end of the gallery, or in place of the photo of before.
absl::StatusOr<core::Picture> AddPicture(WriteContext& cx, const storage::BlobStore& blobs,
                                         const AddPictureInput& input);

struct UpdatePictureInput {
  core::PictureRef ref;
  std::optional<std::string> caption;
  std::optional<int> position;
};
absl::StatusOr<core::Picture> UpdatePicture(WriteContext& cx, const UpdatePictureInput& input);
absl::Status DeletePicture(WriteContext& cx, const storage::BlobStore& blobs,
                           const core::PictureRef& ref);

absl::StatusOr<std::vector<core::Picture>> ListPictures(
    const ReadContext& cx, core::ProviderId provider,
    const std::optional<storage::PictureCursor>& after, int limit);

// The size of the picture for `width` (core::FileFor), to who may change it or sees the page.
absl::StatusOr<FileView> OpenPicture(const ReadContext& cx, const core::PictureRef& ref, int width,
                                     std::string_view preview);

}  // namespace kalends::app
