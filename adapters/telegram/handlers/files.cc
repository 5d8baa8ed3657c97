#include "adapters/telegram/handlers/files.h"

#include <fmt/format.h>

#include <future>

#include "adapters/telegram/screens/terms.h"

namespace kalends::telegram {
namespace {

constexpr std::chrono::seconds kSendLimit{60};
constexpr std::int64_t kFetchBytesMax = std::int64_t{20} << 20;  // Telegram's limit for bots.

// A link may be made twice without harm, and its token comes once only: a repeated update needs a
// new one.
std::string FreshRequestId(const Turn& turn, std::size_t index) {
  const auto now = std::chrono::system_clock::now().time_since_epoch();
  return fmt::format("tg:{}:{}:{}", turn.update().id, index, now.count());
}

absl::Status SendLinks(Turn& turn, const std::vector<FileToSend>& files) {
  std::vector<FileLink> links;
  for (const FileToSend& file : files) {
    v1::CreateDownloadLinkRequest request;
    request.set_name(file.name);
    request.set_request_id(FreshRequestId(turn, links.size()));
    KALENDS_ASSIGN_OR_RETURN(const auto link, turn.Call(&Documents::CreateDownloadLink, request));
    links.push_back({file.label, turn.context().public_url + "/d/" + link.token()});
  }
  turn.Send(FileLinksScreen(turn.reader(), links));
  return absl::OkStatus();
}

// Waits until it is sent: no more than one file is in memory, however many there are and however
// often somebody taps.
absl::Status SendFileItself(Turn& turn, const FileToSend& file) {
  v1::FetchDocumentRequest request;
  request.set_name(file.name);
  ApiFile sent{.field = "document", .name = {}, .type = {}, .bytes = {}};
  KALENDS_RETURN_IF_ERROR(turn.Read<v1::FetchDocumentResponse>(
      &Documents::FetchDocument, request, [&](const v1::FetchDocumentResponse& part) {
        if (part.has_file()) {
          sent.name = part.file().file_name();
          sent.type = part.file().content_type();
        }
        sent.bytes += part.data();
        return true;
      }));
  const auto done = std::make_shared<std::promise<void>>();
  turn.SendFile("sendDocument", std::move(sent), Screen{.text = {}, .rows = {}},
                [done](const ApiResult&) { done->set_value(); });
  done->get_future().wait_for(kSendLimit);
  return absl::OkStatus();
}

}  // namespace

absl::Status SendDownloads(Turn& turn, const std::vector<FileToSend>& files) {
  if (!turn.context().public_url.empty()) return SendLinks(turn, files);
  for (const FileToSend& file : files) KALENDS_RETURN_IF_ERROR(SendFileItself(turn, file));
  return absl::OkStatus();
}

std::string FileNameOf(const Turn& turn, const SentFile& file) {
  if (!file.name.empty()) return file.name;
  switch (file.kind) {
    case SentFile::Kind::kPhoto:
      return turn.texts().Plain("files.photo") + ".jpg";
    case SentFile::Kind::kVoice:
      return turn.texts().Plain("files.voice") + ".ogg";
    case SentFile::Kind::kFile:
      return {};
  }
  return {};
}

std::string MediaTypeOf(const SentFile& file) {
  return file.kind == SentFile::Kind::kPhoto ? "image/jpeg" : file.type;
}

absl::Status FetchFile(Turn& turn, const SentFile& file,
                       const std::function<bool(std::string_view)>& write) {
  if (file.size_bytes > kFetchBytesMax) return Refusal("TELEGRAM_FILE_TOO_LARGE");
  bool taken = true;
  const ApiResult result = turn.context().api.Fetch(file.file_id, [&](std::string_view piece) {
    taken = write(piece);
    return taken;
  });
  // What the core refused, it says when the stream is finished.
  if (result.outcome == Outcome::kOk || !taken) return absl::OkStatus();
  const bool too_large = result.description.find("file is too big") != std::string::npos;
  if (too_large) return Refusal("TELEGRAM_FILE_TOO_LARGE");
  return absl::UnavailableError("Telegram does not give the file");
}

const SentFile* FileOf(const Turn& turn) {
  const auto* typed = std::get_if<Typed>(&turn.update().what);
  return typed != nullptr && typed->file ? &*typed->file : nullptr;
}

}  // namespace kalends::telegram
