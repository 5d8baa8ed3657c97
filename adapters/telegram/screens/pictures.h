// Photo and gallery of a provider's public page.
#pragma once

#include "adapters/telegram/actions/pictures.h"
#include "adapters/telegram/screens/common.h"
#include "kalends/v1/picture_service.pb.h"

namespace kalends::telegram {

inline constexpr int kPicturesPerPage = 6;

// `photo`: nullptr where there is none. `heading`: HTML, may be empty.
Screen PhotoScreen(const Reader& reader, const v1::Picture* photo, Nonce nonce,
                   const std::string& heading);
Screen GalleryScreen(const Reader& reader, const Page<v1::Picture>& gallery,
                     const std::string& heading);
// Send them, as many as you like.
Screen AskPicturesScreen(const Reader& reader);
// `count`: how many there are in the gallery.
Screen PictureScreen(const Reader& reader, const v1::Picture& picture, int count, Nonce nonce,
                     const std::string& heading);
// What is to be seen in it?
Screen AskCaptionScreen(const Reader& reader, const v1::Picture& picture);
// Below the picture itself.
Screen SentPictureScreen(const Reader& reader, const v1::Picture& picture);

}  // namespace kalends::telegram
