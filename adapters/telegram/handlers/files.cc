#include "adapters/telegram/handlers/files.h"

#include <fmt/format.h>
#include <spdlog/spdlog.h>

#include "adapters/telegram/channel.h"
#include "adapters/telegram/file_names.h"
#include "adapters/telegram/fresh_id.h"
#include "adapters/telegram/screens/consents.h"
#include "kalends/v1/document_service.pb.h"

namespace kalends::telegram {
namespace {

constexpr std::int64_t kFetchBytesMax = std::int64_t{20} << 20;  // Telegram's limit for bots.

absl::Status SendLinks(Turn& turn, const std::vector<FileToSend>& files) {
  std::vector<FileLink> links;
  for (const FileToSend& file : files) {
    v1::CreateDownloadLinkRequest request;
    request.set_name(file.name);
    // Its token comes once only: a repeated update needs a new link, which does no harm.
    request.set_request_id(FreshRequestId("link"));
    KALENDS_ASSIGN_OR_RETURN(const auto link, turn.Call<v1::DownloadLink>(request));
    links.push_back({file.label, turn.context().public_url + "/d/" + link.token()});
  }
  turn.Send(FileLinksScreen(turn.reader(), links));
  return absl::OkStatus();
}

void SendFileItself(const FileJob& job, const FileToSend& file) {
  v1::FetchDocumentRequest request;
  request.set_name(file.name);
  ApiFile sent{.field = "document", .name = {}, .type = {}, .bytes = {}};
  const absl::Status read = job.context.client.Read<v1::FetchDocumentResponse>(
      job.identity, request, [&](const auto& part) {
        if (part.has_file()) {
          sent.name = part.file().file_name();
          sent.type = part.file().content_type();
        }
        sent.bytes += part.data();
        return true;
      });
  if (!read.ok()) {
    Tell(job, {.text = ErrorText(job.reader, read), .rows = {}});
    return;
  }
  SendFile(job, std::move(sent), "",
           {.text = job.reader.t().Html("files.not_sent", {{"name", file.label}}), .rows = {}});
}

}  // namespace

absl::Status SendDownloads(Turn& turn, const std::vector<FileToSend>& files) {
  if (!turn.context().public_url.empty()) return SendLinks(turn, files);
  for (const FileToSend& file : files) {
    PostFileJob(turn, [file](const FileJob& job) { SendFileItself(job, file); });
  }
  return absl::OkStatus();
}

void PostFileJob(Turn& turn, std::function<void(const FileJob&)> work) {
  const FileJob job{turn.context(), turn.receipt(), IdentityOf(turn.update().user),
                    turn.update().user, turn.reader()};
  turn.context().files.Post(job.chat, [job, work = std::move(work)] { work(job); });
}

void SendFile(const FileJob& job, ApiFile file, const std::string& caption, const Screen& failure) {
  Outgoing outgoing;
  outgoing.chat = job.chat;
  outgoing.call.method = "sendDocument";
  outgoing.call.params = {{"chat_id", job.chat}, {"caption", caption}, {"parse_mode", "HTML"}};
  outgoing.call.file = std::make_shared<const ApiFile>(std::move(file));
  outgoing.priority = Priority::kFile;
  const ApiResult sent = job.context.sender.SendAndWait(std::move(outgoing));
  if (sent.outcome == Outcome::kOk || job.context.api.stopped()) return;
  spdlog::warn("a file was not sent: {}", sent.description);
  Tell(job, failure);
}

void Tell(const FileJob& job, const Screen& screen) {
  Outgoing outgoing;
  outgoing.chat = job.chat;
  outgoing.call = MessageCall(job.chat, screen);
  outgoing.done = [answered = job.receipt.answered](const ApiResult&) {};
  job.context.sender.Push(std::move(outgoing));
}

std::vector<std::string> FileNamesOf(const Turn& turn) {
  const Texts& t = turn.texts();
  const auto called = [&](SentFile::Kind kind) {
    const bool photo = kind == SentFile::Kind::kPhoto;
    const bool voice = kind == SentFile::Kind::kVoice;
    return t.Plain(photo ? "files.photo" : voice ? "files.voice" : "files.file");
  };
  const Typed& typed = TypedOf(turn);
  const std::string_view zone = ZoneFor(turn.reader(), kNobodysZone);
  return NamesOfFiles(typed.files, ToLocal(zone, typed.sent), called);
}

std::string MediaTypeOf(const SentFile& file) {
  return file.kind == SentFile::Kind::kPhoto ? "image/jpeg" : file.type;
}

absl::Status FetchFile(Turn& turn, const SentFile& file,
                       const std::function<bool(std::string_view)>& write) {
  if (file.size_bytes > kFetchBytesMax) return Refusal("error.telegram_file_too_large");
  bool taken = true;
  const ApiResult result = turn.context().api.Fetch(file.file_id, [&](std::string_view piece) {
    taken = write(piece);
    return taken;
  });
  // What the core refused, it says when the stream is finished.
  if (result.outcome == Outcome::kOk || !taken) return absl::OkStatus();
  const bool too_large = result.description.find("file is too big") != std::string::npos;
  if (too_large) return Refusal("error.telegram_file_too_large");
  return absl::UnavailableError("Telegram does not give the file");
}

const Typed& TypedOf(const Turn& turn) {
  static const Typed kNone;
  const auto* typed = std::get_if<Typed>(&turn.update().what);
  return typed == nullptr ? kNone : *typed;
}

const SentFile* FileOf(const Turn& turn) {
  const Typed& typed = TypedOf(turn);
  return typed.files.empty() ? nullptr : &typed.files.front();
}

}  // namespace kalends::telegram
