#include "adapters/telegram/screens/pictures.h"

#include "adapters/telegram/actions/profiles.h"
#include "adapters/telegram/html.h"
#include "adapters/telegram/labels.h"

namespace kalends::telegram {
namespace {

std::string Below(const std::string& heading, const std::string& text) {
  return heading.empty() ? text : heading + "\n\n" + text;
}

std::string CaptionOf(const Reader& reader, const v1::Picture& picture) {
  return picture.caption().empty() ? reader.t().Plain("pictures.no_caption") : picture.caption();
}

}  // namespace

Screen PhotoScreen(const Reader& reader, const v1::Picture* photo, Nonce nonce,
                   const std::string& heading) {
  const Texts& t = reader.t();
  Screen screen{
      .text = Below(heading, t.Html(photo == nullptr ? "pictures.ask_photo" : "pictures.photo")),
      .rows = {}};
  if (photo != nullptr) {
    const PictureId id = PictureId::Of(photo->name());
    screen.rows.push_back(
        {{t.Plain("pictures.view"), Action(SendPicture{id})},
         {t.Plain("pictures.delete"), Action(DeletePicture{id, nonce}), Style::kDanger}});
  }
  screen.rows.push_back({BackButton(reader, ShowProfile{})});
  return screen;
}

Screen GalleryScreen(const Reader& reader, const Page<v1::Picture>& gallery,
                     const std::string& heading) {
  const Texts& t = reader.t();
  const bool none = gallery.items.empty() && gallery.number == 0;
  Screen screen{.text = Below(heading, t.Html(none ? "pictures.gallery_none" : "pictures.gallery")),
                .rows = {}};
  for (const v1::Picture& picture : gallery.items) {
    screen.rows.push_back(
        {{NameLabel(std::to_string(picture.position()) + " · ", CaptionOf(reader, picture), ""),
          Action(ShowPicture{PictureId::Of(picture.name())})}});
  }
  AppendPager(screen.rows, gallery.number, gallery.has_next,
              [](int page) { return ShowGallery{page}; });
  screen.rows.push_back({{t.Plain("pictures.add"), Action(AskPictures{}), Style::kPrimary}});
  screen.rows.push_back({BackButton(reader, ShowProfile{})});
  return screen;
}

Screen AskPicturesScreen(const Reader& reader) {
  return {.text = reader.t().Html("pictures.ask"), .rows = {{BackButton(reader, ShowGallery{})}}};
}

Screen PictureScreen(const Reader& reader, const v1::Picture& picture, int count, Nonce nonce,
                     const std::string& heading) {
  const Texts& t = reader.t();
  const PictureId id = PictureId::Of(picture.name());
  const int position = picture.position();
  Screen screen{
      .text = Below(heading, t.Html("pictures.title", {{"number", std::to_string(position)},
                                                       {"count", std::to_string(count)}})),
      .rows = {}};
  screen.text += "\n" + HtmlOf(CaptionOf(reader, picture));
  screen.rows.push_back({{t.Plain("pictures.view"), Action(SendPicture{id})},
                         {t.Plain("pictures.caption"), Action(AskCaption{id})}});
  Row order;
  if (position > 1) {
    order.push_back({t.Plain("pictures.earlier"), Action(MovePicture{id, position - 1, nonce})});
  }
  if (position < count) {
    order.push_back({t.Plain("pictures.later"), Action(MovePicture{id, position + 1, nonce})});
  }
  if (!order.empty()) screen.rows.push_back(std::move(order));
  screen.rows.push_back(
      {{t.Plain("pictures.delete"), Action(DeletePicture{id, nonce}), Style::kDanger},
       BackButton(reader, ShowGallery{})});
  return screen;
}

Screen AskCaptionScreen(const Reader& reader, const v1::Picture& picture) {
  Screen screen{.text = reader.t().Html("pictures.ask_caption"), .rows = {}};
  if (!picture.caption().empty()) screen.text += "\n\n" + HtmlOf(picture.caption());
  screen.rows.push_back({BackButton(reader, ShowPicture{PictureId::Of(picture.name())})});
  return screen;
}

Screen SentPictureScreen(const Reader& reader, const v1::Picture& picture) {
  return {.text = HtmlOf(CaptionOf(reader, picture)), .rows = {}, .stays = true};
}

}  // namespace kalends::telegram
