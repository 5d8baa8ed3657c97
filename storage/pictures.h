// Pictures of public pages. Call only inside Database::Read or Submit.
#pragma once

#include <optional>
#include <vector>

#include "core/pictures/picture.h"
#include "storage/database.h"

namespace kalends::storage {

// With its files, whose blobs must be there.
void InsertPicture(Transaction& tx, const core::Picture& picture);
std::optional<core::Picture> FindPicture(Transaction& tx, core::ProviderId provider,
                                         core::PictureId id);
// Writes the caption and the place.
void UpdatePicture(Transaction& tx, const core::Picture& picture);
// With its files, whose blobs are then nobody's.
void DeletePicture(Transaction& tx, core::ProviderId provider, core::PictureId id);

struct PictureCursor {
  int position = 0;
  core::PictureId id;
};
// The photo, then the gallery in order; from behind `after` if given.
std::vector<core::Picture> ListPictures(Transaction& tx, core::ProviderId provider,
                                        const std::optional<PictureCursor>& after, int limit);

}  // namespace kalends::storage
