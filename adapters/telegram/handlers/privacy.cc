// Privacy (SPEC 2.14): export and deletion.
#include "adapters/telegram/screens/privacy.h"

#include "adapters/telegram/handlers/files.h"
#include "adapters/telegram/handlers/handlers.h"
#include "adapters/telegram/handlers/shared.h"
#include "kalends/v1/privacy_service.pb.h"

namespace kalends::telegram {
namespace {

constexpr std::size_t kFileBytesMax = std::size_t{50} << 20;  // Telegram's limit for bots.

enum class Files { kWith, kWithout };

// More than kFileBytesMax: there was more still.
absl::StatusOr<std::string> Export(const FileJob& job, Files files) {
  v1::ExportAccountRequest request;
  request.set_name("accounts/me");
  request.set_omit_files(files == Files::kWithout);
  std::string archive;
  KALENDS_RETURN_IF_ERROR(job.context.client.Read<v1::ExportAccountResponse>(
      job.identity, request, [&](const auto& part) {
        archive += part.data();
        return archive.size() <= kFileBytesMax;
      }));
  return archive;
}

void SendExport(const FileJob& job) {
  const Texts& t = job.reader.t();
  auto archive = Export(job, Files::kWith);
  const bool fits = !archive.ok() || archive->size() <= kFileBytesMax;
  if (!fits) archive = Export(job, Files::kWithout);
  if (!archive.ok()) {
    const bool busy = ReasonOf(archive.status()) == v1::REASON_LIMIT_REACHED;
    Tell(job, NotExportedScreen(job.reader, busy ? t.Html("privacy.busy")
                                                 : ErrorText(job.reader, archive.status())));
    return;
  }
  SendFile(job,
           {.field = "document",
            .name = t.Plain("privacy.file_name") + ".zip",
            .type = "application/zip",
            .bytes = *std::move(archive)},
           t.Html(fits ? "privacy.exported" : "privacy.exported_in_part"),
           NotExportedScreen(job.reader, t.Html("privacy.not_sent")));
}

}  // namespace

absl::Status Handle(Turn& turn, const ShowPrivacy&) {
  turn.Show(PrivacyScreen(turn.reader()));
  return absl::OkStatus();
}

absl::Status Handle(Turn& turn, const ExportData&) {
  turn.Show(ExportingScreen(turn.reader()));
  PostFileJob(turn, SendExport);
  return absl::OkStatus();
}

absl::Status Handle(Turn& turn, const AskDeleteAccount&) {
  v1::PreviewAccountDeletionRequest request;
  request.set_name("accounts/me");
  KALENDS_ASSIGN_OR_RETURN(const auto preview, turn.Call<v1::AccountDeletionPreview>(request));
  turn.Show(AskDeleteScreen(turn.reader(), preview, turn.nonce()));
  return absl::OkStatus();
}

absl::Status Handle(Turn& turn, const DeleteAccount& action) {
  const bool exists = !turn.account().name().empty();  // Not so for the second of two taps.
  if (exists) {
    v1::DeleteAccountRequest request;
    request.set_name("accounts/me");
    request.set_request_id(turn.RequestIdOf(action, action.nonce));
    KALENDS_RETURN_IF_ERROR(turn.Call<v1::DeleteAccountResponse>(request).status());
    // The core repeats its answer to an old button too: who is back since then was not meant.
    if (turn.ReadAccount().ok()) return Handle(turn, AskDeleteAccount{});
  }
  turn.TakePressedMessageAway();
  turn.SendFarewell(turn.texts().Html("privacy.deleted"));
  return absl::OkStatus();
}

Handlers PrivacyHandlers() { return HandlersOf(PrivacyActions{}); }

}  // namespace kalends::telegram
