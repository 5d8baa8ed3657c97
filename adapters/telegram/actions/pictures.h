// Photo and gallery of a provider's public page (SPEC 3.6).
#pragma once

#include "adapters/telegram/action.h"

namespace kalends::telegram {

// clang-format off
struct ShowPhoto { KALENDS_ACTION("ygp") };
struct ShowGallery { int page = 0; KALENDS_ACTION("ygg", page) };
struct AskPictures { KALENDS_ACTION("yga") };
struct ShowPicture { PictureId picture; KALENDS_ACTION("ygs", picture) };
struct SendPicture { PictureId picture; KALENDS_ACTION("ygv", picture) };
// `position` from 1.
struct MovePicture {
  PictureId picture;
  int position = 0;
  Nonce nonce;
  KALENDS_ACTION("ygm", picture, position, nonce)
};
struct AskCaption { PictureId picture; KALENDS_ACTION("ygc", picture) };
struct DeletePicture { PictureId picture; Nonce nonce; KALENDS_ACTION("ygd", picture, nonce) };
// clang-format on

using PicturesActions = Actions<ShowPhoto, ShowGallery, AskPictures, ShowPicture, SendPicture,
                                MovePicture, AskCaption, DeletePicture>;

}  // namespace kalends::telegram
