// Pictures of a provider's public page.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "absl/status/status.h"
#include "core/base/id.h"
#include "core/base/time.h"

namespace kalends::core {

enum class PictureRole { kPhoto, kGallery };

// One size of a picture, the bytes of which are a blob.
struct PictureFile {
  int width = 0;
  int height = 0;
  std::int64_t size_bytes = 0;
  std::string blob;
};

struct Picture {
  ProviderId provider;
  PictureId id;
  PictureRole role = PictureRole::kGallery;
  std::string caption;
  int position = 0;  // In the gallery, from 1; of the photo 0.
  Instant created;
  std::vector<PictureFile> files;  // The smallest first; at least one.
};

// INVALID_FIELD, by the field of the contract's Picture.
absl::Status CheckPicture(const Picture& picture);
// LIMIT_REACHED: a gallery of so many takes no further one.
absl::Status CheckGallery(int pictures);
// FILE_TOO_LARGE.
absl::Status CheckPictureSize(std::int64_t bytes);

// The smallest that is at least `width` wide, or the widest; 0: the widest.
const PictureFile& FileFor(const Picture& picture, int width);

// The gallery with `moved` at `position` (from 1; beyond the end: the end), numbered from 1 on.
std::vector<PictureId> Moved(std::vector<PictureId> gallery, PictureId moved, int position);

}  // namespace kalends::core
