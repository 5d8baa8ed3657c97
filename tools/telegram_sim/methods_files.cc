// Documents, pictures and voice messages.
#include <string>
#include <vector>

#include "tools/telegram_sim/image.h"
#include "tools/telegram_sim/methods.h"
#include "tools/telegram_sim/target.h"

namespace kalends::sim {
namespace {

using nlohmann::json;

// What a file parameter names: an upload of this request or a file sent before.
struct Source {
  const Upload* upload = nullptr;
  const File* file = nullptr;
};

// `kind` is "document", "photo" or "voice".
absl::StatusOr<Source> ReadSource(World& world, const Params& params, const std::string& kind) {
  const auto missing = [&] { return BadRequest("there is no " + kind + " in the request"); };
  std::string field = kind;
  if (const std::string value = params.Text(kind); !value.empty()) {
    if (!value.starts_with("attach://")) {
      const File* file = world.FindFile(value);
      if (file == nullptr) {
        return BadRequest("wrong file identifier/HTTP URL specified");
      }
      return Source{nullptr, file};
    }
    field = value.substr(9);
  }
  const auto upload = params.uploads.find(field);
  if (upload == params.uploads.end()) return missing();
  if (upload->second.bytes.empty()) return BadRequest("file must be non-empty");
  return Source{&upload->second, nullptr};
}

File ToFile(const Upload& upload) {
  File file;
  file.name = upload.file_name;
  file.mime_type = upload.mime_type.empty() ? "application/octet-stream" : upload.mime_type;
  file.bytes = upload.bytes;
  return file;
}

absl::Status AddCaption(const Params& params, json& api) {
  absl::StatusOr<FormattedText> caption = ReadText(params, kCaptionFields);
  if (!caption.ok()) return caption.status();
  if (!caption->text.empty()) api["caption"] = caption->text;
  if (!caption->entities.empty()) api["caption_entities"] = caption->entities;
  return absl::OkStatus();
}

// Refuses before a file is stored what Send would refuse after.
absl::Status CheckReceiver(World& world, const Params& params) {
  absl::StatusOr<Chat*> chat = ReadChat(world, params);
  return chat.ok() ? MayWrite(world, **chat) : chat.status();
}

absl::StatusOr<ImageSize> ReadPhoto(const Upload& upload) {
  if (static_cast<std::int64_t>(upload.bytes.size()) > kPhotoBytesMax) {
    return BadRequest("file is too big");
  }
  const auto size = ReadImageSize(upload.bytes);
  if (!size) return BadRequest("IMAGE_PROCESS_FAILED");
  const auto [width, height] = *size;
  const bool good = width > 0 && height > 0 && width + height <= kPhotoSidesMax &&
                    width <= height * kPhotoSideRatioMax && height <= width * kPhotoSideRatioMax;
  if (!good) return BadRequest("PHOTO_INVALID_DIMENSIONS");
  return *size;
}

// Sends what the parameter `kind` names, as it is; uploads are kept in `folder`.
MethodResult SendAsIs(World& world, const Params& params, const std::string& kind,
                      std::string_view folder, json (*object_of)(const File&)) {
  json api;
  absl::StatusOr<Source> source = ReadSource(world, params, kind);
  for (const absl::Status& status :
       {source.status(), AddCaption(params, api), CheckReceiver(world, params)}) {
    if (!status.ok()) return status;
  }
  if (source->upload != nullptr) {
    const auto size = static_cast<std::int64_t>(source->upload->bytes.size());
    if (size > kUploadBytesMax) return TooLarge();
    source->file = &world.AddFile(folder, ToFile(*source->upload));
  }
  api[kind] = object_of(*source->file);
  return Send(world, params, std::move(api));
}

}  // namespace

json DocumentObject(const File& file) {
  return {{"file_id", file.id},
          {"file_unique_id", file.unique_id},
          {"file_name", file.name},
          {"mime_type", file.mime_type},
          {"file_size", file.bytes.size()}};
}

json PhotoObject(const File& file) {
  return json::array({{{"file_id", file.id},
                       {"file_unique_id", file.unique_id},
                       {"width", file.width},
                       {"height", file.height},
                       {"file_size", file.bytes.size()}}});
}

json VoiceObject(const File& file) {
  return {{"file_id", file.id},
          {"file_unique_id", file.unique_id},
          {"duration", 1},
          {"mime_type", file.mime_type},
          {"file_size", file.bytes.size()}};
}

MethodResult SendDocument(World& world, const Params& params) {
  return SendAsIs(world, params, "document", "documents", DocumentObject);
}

MethodResult SendPhoto(World& world, const Params& params) {
  json api;
  absl::StatusOr<Source> source = ReadSource(world, params, "photo");
  for (const absl::Status& status :
       {source.status(), AddCaption(params, api), CheckReceiver(world, params)}) {
    if (!status.ok()) return status;
  }
  if (source->upload != nullptr) {
    const absl::StatusOr<ImageSize> size = ReadPhoto(*source->upload);
    if (!size.ok()) return size.status();
    File file = ToFile(*source->upload);
    file.width = size->width;
    file.height = size->height;
    source->file = &world.AddFile("photos", std::move(file));
  } else if (source->file->width == 0) {
    return BadRequest("can't use file of type Document as Photo");
  }
  api["photo"] = PhotoObject(*source->file);
  return Send(world, params, std::move(api));
}

MethodResult SendVoice(World& world, const Params& params) {
  const File* known = world.FindFile(params.Text("voice"));
  if (known != nullptr && known->mime_type != "audio/ogg") {
    return BadRequest("can't use file of type Document as VoiceNote");
  }
  return SendAsIs(world, params, "voice", "voice", VoiceObject);
}

MethodResult SendMediaGroup(World& world, const Params& params) {
  const json media = params.Json("media");
  if (!media.is_array()) return BadRequest("can't parse media JSON object");
  if (media.size() < 2 || media.size() > 10)
    return BadRequest("wrong number of media in the album");
  std::vector<json> contents;
  for (const json& item : media) {
    const std::string type = item.is_object() ? item.value("type", "") : "";
    if (type != "photo" && type != "document") return BadRequest("media type is not supported");
    if (type != media.front().value("type", "")) {
      return BadRequest("document can't be mixed with other media types");
    }
    const File* file = world.FindFile(item.value("media", ""));
    if (file == nullptr) return BadRequest("wrong file identifier/HTTP URL specified");
    if (type == "photo" && file->width == 0) {
      return BadRequest("can't use file of type Document as Photo");
    }
    contents.push_back({{type, type == "photo" ? PhotoObject(*file) : DocumentObject(*file)}});
  }
  const std::string album = std::to_string(13'000'000'000 + world.Bump());
  json sent = json::array();
  for (json& content : contents) {
    content["media_group_id"] = album;
    absl::StatusOr<json> message = Send(world, params, std::move(content));
    if (!message.ok()) return message.status();
    sent.push_back(*std::move(message));
  }
  return sent;
}

MethodResult GetFile(World& world, const Params& params) {
  const std::string id = params.Text("file_id");
  if (id.empty()) return BadRequest("file_id not specified");
  const File* file = world.FindFile(id);
  if (file == nullptr) return BadRequest("invalid file_id");
  if (static_cast<std::int64_t>(file->bytes.size()) > kDownloadBytesMax) {
    return BadRequest("file is too big");
  }
  return json{{"file_id", file->id},
              {"file_unique_id", file->unique_id},
              {"file_size", file->bytes.size()},
              {"file_path", file->path}};
}

}  // namespace kalends::sim
