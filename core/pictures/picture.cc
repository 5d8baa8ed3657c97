#include "core/pictures/picture.h"

#include <algorithm>
#include <cassert>

#include "core/base/error.h"
#include "core/base/limits.h"
#include "core/base/text.h"

namespace kalends::core {

absl::Status CheckPicture(const Picture& picture) {
  return CheckText("picture.caption", picture.caption, 0, kCaptionCharsMax);
}

absl::Status CheckGallery(int pictures) {
  if (pictures < kPicturesPerProviderMax) return absl::OkStatus();
  return LimitReached("pictures", kPicturesPerProviderMax,
                      "There are as many pictures as there may be; delete one first.");
}

absl::Status CheckPictureSize(std::int64_t bytes) {
  if (bytes <= kPictureBytesMax) return absl::OkStatus();
  return Error(Reason::kFileTooLarge, "A picture may have at most 20 MB.");
}

const PictureFile& FileFor(const Picture& picture, int width) {
  assert(!picture.files.empty());
  const auto fitting =
      std::find_if(picture.files.begin(), picture.files.end(),
                   [&](const PictureFile& file) { return width > 0 && file.width >= width; });
  return fitting == picture.files.end() ? picture.files.back() : *fitting;
}

std::vector<PictureId> Moved(std::vector<PictureId> gallery, PictureId moved, int position) {
  std::erase(gallery, moved);
  const auto place = std::clamp<std::ptrdiff_t>(position - 1, 0, std::ssize(gallery));
  gallery.insert(gallery.begin() + place, moved);
  return gallery;
}

}  // namespace kalends::core
