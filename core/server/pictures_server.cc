#include <memory>
#include <utility>

#include "core/app/pictures.h"
#include "core/base/error.h"
#include "core/base/status_macros.h"
#include "core/base/text.h"
#include "core/server/decode.h"
#include "core/server/encode.h"
#include "core/server/pictures.h"
#include "core/server/pictures_program.h"
#include "core/server/privacy_export_walks.h"
#include "core/server/services.h"
#include "core/server/upload_stream.h"

namespace kalends::server {
namespace {

constexpr std::string_view kPicturePattern = "providers/*/pictures/*";

absl::StatusOr<core::PictureRef> DecodePicture(std::string_view field, std::string_view name) {
  ASSIGN_OR_RETURN(const auto child, DecodeChild<core::PictureId>(field, kPicturePattern, name));
  return core::PictureRef{child.provider, child.id};
}

// The files that an upload is made into: those on disk that nobody knows are removed.
struct Making {
  app::AddPictureInput input;
  storage::BlobStore& blobs;

  // Removes all files.
  void GiveUp() {
    for (const app::NewPictureFile& file : input.files) blobs.Remove(file.blob.id);
    input.files.clear();
  }
};

absl::Status WriteFile(Making& making, const core::ShrunkPicture& picture) {
  ASSIGN_OR_RETURN(storage::BlobWriter writer, making.blobs.Create());
  RETURN_IF_ERROR(writer.Append(picture.jpeg));
  ASSIGN_OR_RETURN(storage::NewBlob blob, writer.Finish());
  making.input.files.push_back({picture.width, picture.height, std::move(blob)});
  return absl::OkStatus();
}

absl::Status MakeFiles(Making& making, PicturePrograms& programs,
                       const storage::NewBlob& original) {
  ASSIGN_OR_RETURN(
      storage::BlobReader reader,
      making.blobs.Open(original.id, original.key, original.size_bytes, {0, original.size_bytes}));
  ASSIGN_OR_RETURN(const auto sizes, programs.Shrink([&] { return reader.Read(); }));
  for (const core::ShrunkPicture& size : sizes) {
    if (absl::Status written = WriteFile(making, size); !written.ok()) {
      making.GiveUp();
      return written;
    }
  }
  return absl::OkStatus();
}

absl::StatusOr<UploadPlan> PlanUpload(Transfers& transfers, PicturePrograms& programs,
                                      const Calls::Call& call,
                                      const v1::UploadPictureRequest::Header& header,
                                      v1::Picture* response) {
  RETURN_IF_ERROR(Calls::CheckRequestId("header.request_id", header.request_id()));
  const auto making = std::make_shared<Making>(Making{{}, transfers.blobs()});
  app::AddPictureInput& input = making->input;
  input.role = header.picture().role() == v1::Picture::ROLE_PHOTO ? core::PictureRole::kPhoto
                                                                  : core::PictureRole::kGallery;
  input.caption = core::CleanLine(header.picture().caption());
  RETURN_IF_ERROR(transfers.calls().engine().Read(
      call.credentials, call.method->rule, [&](const app::ReadContext& cx) -> absl::Status {
        ASSIGN_OR_RETURN(input.provider, DecodeProvider(cx, "header.parent", header.parent()));
        if (app::IsAnswered(cx, header.request_id())) return absl::OkStatus();
        return app::CheckMayAddPicture(cx, input.provider, input.role);
      }));
  UploadPlan plan;
  plan.request_id = header.request_id();
  plan.check_size = core::CheckPictureSize;
  plan.prepare = [making, &programs](const storage::NewBlob& original) {
    return MakeFiles(*making, programs, original);
  };
  plan.save = [making, response](app::WriteContext& cx, const storage::NewBlob&) -> absl::Status {
    ASSIGN_OR_RETURN(const auto picture, app::AddPicture(cx, making->blobs, making->input));
    Encode(picture, response);
    return absl::OkStatus();
  };
  plan.give_up = [making] { making->GiveUp(); };
  return plan;
}

using PictureListing = Listing<core::Picture, storage::PictureCursor, v1::Picture>;
PictureListing PicturesOf(core::ProviderId provider) {
  return {[=](const app::ReadContext& cx, const auto& after, int limit) {
            return app::ListPictures(cx, provider, after, limit);
          },
          [](const core::Picture& picture) {
            return storage::PictureCursor{picture.position, picture.id};
          },
          [](const app::ReadContext&, const core::Picture& picture, v1::Picture* message) {
            Encode(picture, message);
          }};
}

absl::StatusOr<PictureListing> ListPictures(const app::ReadContext& cx,
                                            const v1::ListPicturesRequest& request) {
  ASSIGN_OR_RETURN(const auto provider, DecodeProvider(cx, "parent", request.parent()));
  return PicturesOf(provider);
}

absl::Status UpdatePicture(app::WriteContext& cx, const v1::UpdatePictureRequest& request,
                           v1::Picture* response) {
  RETURN_IF_ERROR(CheckMask(request.update_mask(), {"caption", "position"}));
  app::UpdatePictureInput input;
  ASSIGN_OR_RETURN(input.ref, DecodePicture("picture.name", request.picture().name()));
  if (Masks(request.update_mask(), "caption")) {
    input.caption = core::CleanLine(request.picture().caption());
  }
  if (Masks(request.update_mask(), "position")) input.position = request.picture().position();
  ASSIGN_OR_RETURN(const auto picture, app::UpdatePicture(cx, input));
  Encode(picture, response);
  return absl::OkStatus();
}

absl::Status DeletePicture(app::WriteContext& cx, const v1::DeletePictureRequest& request,
                           v1::DeletePictureResponse*, storage::BlobStore& blobs) {
  ASSIGN_OR_RETURN(const auto ref, DecodePicture("name", request.name()));
  return app::DeletePicture(cx, blobs, ref);
}

// A picture is small: it is read at once, within the snapshot that says who may.
absl::Status GetPictureFile(const app::ReadContext& cx, const v1::GetPictureFileRequest& request,
                            v1::PictureFile* response, Transfers& transfers) {
  ASSIGN_OR_RETURN(const auto ref, DecodePicture("name", request.name()));
  const auto read = [&](const auto& use_case) { return use_case(cx); };
  const auto find = [&](const app::ReadContext& in) {
    return app::OpenPicture(in, ref, request.width(), request.preview_token());
  };
  ASSIGN_OR_RETURN(DownloadPlan plan, transfers.Open(read, find, {}));
  response->set_content_type(plan.file.content_type);
  while (true) {
    ASSIGN_OR_RETURN(const std::string piece, transfers.ReadNext(plan));
    if (piece.empty()) return absl::OkStatus();
    response->mutable_data()->append(piece);
  }
}

ExportFiles PictureFilesOf(core::ProviderId provider) {
  return Files(Walk(PicturesOf(provider)), [](const core::Picture& picture) {
    return ExportFile{picture.id.ToString(), core::PictureRef{picture.provider, picture.id}};
  });
}

}  // namespace

void Encode(const core::Picture& picture, v1::Picture* message) {
  message->set_name(ProviderName(picture.provider) + "/pictures/" + picture.id.ToString());
  message->set_role(picture.role == core::PictureRole::kPhoto ? v1::Picture::ROLE_PHOTO
                                                              : v1::Picture::ROLE_GALLERY);
  message->set_caption(picture.caption);
  message->set_position(picture.position);
  for (const core::PictureFile& file : picture.files) {
    v1::Picture::Size* size = message->add_sizes();
    size->set_width(file.width);
    size->set_height(file.height);
    size->set_size_bytes(file.size_bytes);
  }
  *message->mutable_create_time() = EncodeInstant(picture.created);
}

extern constinit const SubjectExport kPicturesExport{
    .of_provider = [](const core::Provider& provider) -> std::vector<ExportSection> {
      return {{"provider/pictures.json",
               "Pictures of the public page.",
               {"pictures", "picture_files"},
               Pages(PicturesOf(provider.id))},
              {"provider/pictures/",
               "The pictures themselves, in their largest size.",
               {"blobs"},
               PictureFilesOf(provider.id)}};
    }};

Served MakePictureService(const Serving& serving) {
  Transfers& transfers = serving.transfers;
  PicturePrograms& programs = serving.pictures;
  const auto upload_picture = [&transfers, &programs](const StreamCall& stream,
                                                      v1::Picture* response) {
    return new UploadStream<v1::UploadPictureRequest, v1::Picture>(
        transfers, stream, response,
        [&transfers, &programs, response](const Calls::Call& call,
                                          const v1::UploadPictureRequest& first) {
          return PlanUpload(transfers, programs, call, first.header(), response);
        });
  };
  return Rpcs(serving.calls, "kalends.v1.PictureService")
      .ReadStream<v1::UploadPictureRequest, v1::Picture>(upload_picture)
      .List(ListPictures)
      .Write(UpdatePicture)
      .Write(DeletePicture, transfers.blobs())
      .Read(GetPictureFile, transfers)
      .Build();
}

}  // namespace kalends::server
