// Privacy (SPEC 2.14): export and deletion.
#include "adapters/telegram/screens/privacy.h"

#include "adapters/telegram/handlers/handlers.h"
#include "adapters/telegram/handlers/shared.h"

namespace kalends::telegram {
namespace {

constexpr std::size_t kFileBytesMax = std::size_t{50} << 20;  // Telegram's limit for bots.

enum class Files { kWith, kWithout };

// More than kFileBytesMax: there was more still.
absl::StatusOr<std::string> Export(Turn& turn, Files files) {
  v1::ExportAccountRequest request;
  request.set_name("accounts/me");
  request.set_omit_files(files == Files::kWithout);
  std::string archive;
  KALENDS_RETURN_IF_ERROR(turn.Read<v1::ExportAccountResponse>(
      &Privacy::ExportAccount, request, [&](const v1::ExportAccountResponse& part) {
        archive += part.data();
        return archive.size() <= kFileBytesMax;
      }));
  return archive;
}

}  // namespace

absl::Status Handle(Turn& turn, const ShowPrivacy&) {
  turn.Show(PrivacyScreen(turn.reader()));
  return absl::OkStatus();
}

absl::Status Handle(Turn& turn, const ExportData&) {
  KALENDS_ASSIGN_OR_RETURN(std::string archive, Export(turn, Files::kWith));
  const bool fits = archive.size() <= kFileBytesMax;
  if (!fits) {
    KALENDS_ASSIGN_OR_RETURN(archive, Export(turn, Files::kWithout));
  }
  turn.SendFile("sendDocument",
                {.field = "document",
                 .name = turn.texts().Plain("privacy.file_name") + ".zip",
                 .type = "application/zip",
                 .bytes = std::move(archive)},
                {.text = turn.texts().Html(fits ? "privacy.exported" : "privacy.exported_in_part"),
                 .rows = {}});
  return absl::OkStatus();
}

absl::Status Handle(Turn& turn, const AskDeleteAccount&) {
  v1::PreviewAccountDeletionRequest request;
  request.set_name("accounts/me");
  KALENDS_ASSIGN_OR_RETURN(const auto preview,
                           turn.Call(&Privacy::PreviewAccountDeletion, request));
  turn.Show(AskDeleteScreen(turn.reader(), preview, turn.nonce()));
  return absl::OkStatus();
}

absl::Status Handle(Turn& turn, const DeleteAccount& action) {
  v1::DeleteAccountRequest request;
  request.set_name("accounts/me");
  request.set_request_id(turn.RequestIdOf(action, action.nonce));
  KALENDS_RETURN_IF_ERROR(turn.Call(&Privacy::DeleteAccount, request).status());
  turn.Show(DeletedScreen(turn.reader()));
  turn.Forget();
  return absl::OkStatus();
}

}  // namespace kalends::telegram
