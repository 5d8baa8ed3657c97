// Photo and gallery of a provider's public page (SPEC 3.6).
#include "adapters/telegram/screens/pictures.h"

#include "adapters/telegram/handlers/files.h"
#include "adapters/telegram/handlers/handlers.h"
#include "adapters/telegram/handlers/shared.h"

namespace kalends::telegram {
namespace {

constexpr std::size_t kPictureCaptionCharsMax = 200;  // The core's limit.

// All of them: the photo, then the gallery in order.
absl::StatusOr<std::vector<v1::Picture>> ListPictures(Turn& turn) {
  v1::ListPicturesRequest request;
  request.set_parent(turn.account().provider());
  request.set_page_size(kListPageSize);
  KALENDS_ASSIGN_OR_RETURN(const auto answer, turn.Call<v1::ListPicturesResponse>(request));
  return std::vector<v1::Picture>(answer.pictures().begin(), answer.pictures().end());
}

absl::StatusOr<std::vector<v1::Picture>> ListGallery(Turn& turn) {
  KALENDS_ASSIGN_OR_RETURN(auto pictures, ListPictures(turn));
  std::erase_if(pictures, [](const auto& one) { return one.role() == v1::Picture::ROLE_PHOTO; });
  return pictures;
}

std::string PictureNameOf(const Turn& turn, const PictureId& picture) {
  return NameOf(OwnProvider(turn), picture);
}

absl::StatusOr<v1::Picture> GetPicture(Turn& turn, const PictureId& id) {
  KALENDS_ASSIGN_OR_RETURN(const auto pictures, ListPictures(turn));
  const std::string name = PictureNameOf(turn, id);
  const auto found = std::find_if(pictures.begin(), pictures.end(),
                                  [&](const auto& one) { return one.name() == name; });
  if (found == pictures.end()) return Refusal("error.picture_gone");
  return *found;
}

absl::Status ShowPhotoWith(Turn& turn, const std::string& heading) {
  KALENDS_ASSIGN_OR_RETURN(const auto pictures, ListPictures(turn));
  const bool has_photo = !pictures.empty() && pictures[0].role() == v1::Picture::ROLE_PHOTO;
  turn.session().dialogue = SendsPictures{1};
  turn.Show(PhotoScreen(turn.reader(), has_photo ? &pictures[0] : nullptr, turn.nonce(), heading));
  return absl::OkStatus();
}

absl::Status ShowGalleryWith(Turn& turn, int page, const std::string& heading) {
  KALENDS_ASSIGN_OR_RETURN(auto gallery, ListGallery(turn));
  turn.Show(
      GalleryScreen(turn.reader(), PageOf(std::move(gallery), page, kPicturesPerPage), heading));
  return absl::OkStatus();
}

absl::Status ShowPictureWith(Turn& turn, const PictureId& id, const std::string& heading) {
  KALENDS_ASSIGN_OR_RETURN(const auto picture, GetPicture(turn, id));
  KALENDS_ASSIGN_OR_RETURN(const auto gallery, ListGallery(turn));
  turn.Show(PictureScreen(turn.reader(), picture, static_cast<int>(gallery.size()), turn.nonce(),
                          heading));
  return absl::OkStatus();
}

absl::Status Upload(Turn& turn, const SentFile& file, v1::Picture::Role role) {
  v1::UploadPictureRequest first;
  first.mutable_header()->set_parent(turn.account().provider());
  first.mutable_header()->mutable_picture()->set_role(role);
  first.mutable_header()->mutable_picture()->set_caption(
      Shorten(file.caption, kPictureCaptionCharsMax));
  first.mutable_header()->set_request_id(turn.NextRequestId());
  return turn
      .Write<v1::Picture, v1::UploadPictureRequest>([&](const auto& write) -> absl::Status {
        if (!write(first)) return absl::OkStatus();
        v1::UploadPictureRequest piece;
        return FetchFile(turn, file, [&](std::string_view bytes) {
          piece.set_data(std::string(bytes));
          return write(piece);
        });
      })
      .status();
}

absl::Status ChangePicture(Turn& turn, const v1::Picture& picture, const char* field,
                           const std::string& request_id) {
  v1::UpdatePictureRequest request;
  *request.mutable_picture() = picture;
  request.mutable_update_mask()->add_paths(field);
  request.set_request_id(request_id);
  return turn.Call<v1::Picture>(request).status();
}

}  // namespace

absl::Status Handle(Turn& turn, const ShowPhoto&) { return ShowPhotoWith(turn, ""); }

absl::Status Handle(Turn& turn, const ShowGallery& action) {
  return ShowGalleryWith(turn, action.page, "");
}

absl::Status Handle(Turn& turn, const AskPictures&) {
  turn.session().dialogue = SendsPictures{0};
  turn.Show(AskPicturesScreen(turn.reader()));
  return absl::OkStatus();
}

// One photo, or as many pictures for the gallery as were sent together; more may follow.
absl::Status Handle(Turn& turn, const SendsPictures& dialogue, const std::string&) {
  turn.session().dialogue = dialogue;
  const bool photo = dialogue.photo != 0;
  const std::vector<SentFile>& files = TypedOf(turn).files;
  if (files.empty()) return Refusal("error.no_picture");
  if (photo && files.size() > 1) return Refusal("error.one_file");
  int added = 0;
  for (const SentFile& file : files) {
    const absl::Status status =
        Upload(turn, file, photo ? v1::Picture::ROLE_PHOTO : v1::Picture::ROLE_GALLERY);
    if (!status.ok()) {
      // Those before it are there, and are seen once the gallery is opened.
      return status;
    }
    ++added;
  }
  if (photo) return ShowPhotoWith(turn, turn.texts().Html("pictures.photo_saved"));
  return ShowGalleryWith(turn, 0, turn.texts().HtmlCount("pictures.added", added));
}

absl::Status Handle(Turn& turn, const ShowPicture& action) {
  return ShowPictureWith(turn, action.picture, "");
}

absl::Status Handle(Turn& turn, const SendPicture& action) {
  KALENDS_ASSIGN_OR_RETURN(const auto picture, GetPicture(turn, action.picture));
  v1::GetPictureFileRequest request;
  request.set_name(picture.name());
  KALENDS_ASSIGN_OR_RETURN(const auto file, turn.Call<v1::PictureFile>(request));
  turn.SendFile(
      "sendPhoto",
      {.field = "photo", .name = "picture.jpg", .type = file.content_type(), .bytes = file.data()},
      SentPictureScreen(turn.reader(), picture));
  return absl::OkStatus();
}

absl::Status Handle(Turn& turn, const MovePicture& action) {
  v1::Picture wanted;
  wanted.set_name(PictureNameOf(turn, action.picture));
  wanted.set_position(action.position);
  KALENDS_RETURN_IF_ERROR(ChangePicture(
      turn, wanted, "position",
      turn.RequestIdOf(action, action.nonce) + ":" + std::to_string(action.position)));
  return ShowPictureWith(turn, action.picture, turn.texts().Html("pages.saved"));
}

absl::Status Handle(Turn& turn, const AskCaption& action) {
  KALENDS_ASSIGN_OR_RETURN(const auto picture, GetPicture(turn, action.picture));
  turn.session().dialogue = TypesCaption{action.picture.text};
  turn.Show(AskCaptionScreen(turn.reader(), picture));
  return absl::OkStatus();
}

absl::Status Handle(Turn& turn, const TypesCaption& dialogue, const std::string& text) {
  v1::Picture wanted;
  wanted.set_name(PictureNameOf(turn, PictureId{dialogue.picture}));
  wanted.set_caption(Shorten(text, kPictureCaptionCharsMax));
  KALENDS_RETURN_IF_ERROR(ChangePicture(turn, wanted, "caption", turn.NextRequestId()));
  return ShowPictureWith(turn, PictureId{dialogue.picture}, turn.texts().Html("pages.saved"));
}

absl::Status Handle(Turn& turn, const DeletePicture& action) {
  KALENDS_ASSIGN_OR_RETURN(const auto picture, GetPicture(turn, action.picture));
  v1::DeletePictureRequest request;
  request.set_name(picture.name());
  request.set_request_id(turn.RequestIdOf(action, action.nonce));
  KALENDS_RETURN_IF_ERROR(turn.Call<v1::DeletePictureResponse>(request).status());
  const std::string deleted = turn.texts().Html("pictures.deleted");
  if (picture.role() == v1::Picture::ROLE_PHOTO) return ShowPhotoWith(turn, deleted);
  return ShowGalleryWith(turn, 0, deleted);
}

Handlers PicturesHandlers() { return HandlersOf<SendsPictures, TypesCaption>(PicturesActions{}); }

}  // namespace kalends::telegram
