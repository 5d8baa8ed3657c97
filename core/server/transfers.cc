#include "core/server/transfers.h"

#include <algorithm>
#include <optional>

#include "core/base/error.h"
#include "core/base/limits.h"
#include "core/base/status_macros.h"
#include "core/server/gate.h"

namespace kalends::server {
namespace {

absl::StatusOr<storage::BlobStore::Span> SpanOf(const app::FileView& file,
                                                const Transfers::Part& part) {
  if (part.offset < 0 || part.offset > file.size_bytes) {
    return core::InvalidField("offset", "must be 0 to the size of the file");
  }
  const std::int64_t rest = file.size_bytes - part.offset;
  return storage::BlobStore::Span{part.offset,
                                  part.length == 0 ? rest : std::min(part.length, rest)};
}

}  // namespace

absl::StatusOr<DownloadPlan> Transfers::Open(const Read& read, const Find& find,
                                             const Part& part) const {
  constexpr int kLooks = 2;  // A file goes after its row: the second look sees that it is gone.
  std::string blob;
  for (int look = 0; look < kLooks; ++look) {
    std::optional<app::FileView> file;
    RETURN_IF_ERROR(read([&](const app::ReadContext& cx) -> absl::Status {
      ASSIGN_OR_RETURN(file, find(cx));
      return absl::OkStatus();
    }));
    ASSIGN_OR_RETURN(const auto span, SpanOf(*file, part));
    auto reader = blobs_.Open(file->blob, file->key, file->size_bytes, span);
    if (reader.ok()) return DownloadPlan{*std::move(file), *std::move(reader), std::nullopt};
    NoteUnreadable(file->blob, reader.status());
    if (!absl::IsNotFound(reader.status())) return reader.status();
    blob = file->blob;
  }
  absl::Status missing = core::Error(core::Reason::kUnreadable, "The stored file is missing.");
  NoteUnreadable(blob, missing);
  return missing;
}

absl::StatusOr<std::string> Transfers::ReadNext(DownloadPlan& plan) const {
  absl::StatusOr<std::string> chunk = plan.reader.Read();
  NoteUnreadable(plan.file.blob, chunk.status());
  if (chunk.ok()) downloaded_bytes.Add(static_cast<std::int64_t>(chunk->size()));
  return chunk;
}

void Transfers::NoteUnreadable(const std::string& blob, const absl::Status& status) const {
  if (core::ReasonOf(status) != core::Reason::kUnreadable) return;
  calls_.engine().master_keys().damage().Note("blobs/" + blob, std::string(status.message()));
}

absl::StatusOr<DownloadPlan> Transfers::Open(const Calls::Call& call, const Find& find,
                                             const Part& part) {
  return Open(
      [&](const std::function<absl::Status(const app::ReadContext&)>& use_case) {
        return calls_.engine().Read(call.credentials, call.method->rule, use_case);
      },
      find, part);
}

absl::Status Transfers::CheckStillThere(const Calls::Call& call, const DownloadPlan& plan) {
  return calls_.engine().Read(call.credentials, call.method->rule, [&](const app::ReadContext& cx) {
    return app::CheckStillThere(cx, plan.file.blob, plan.account);
  });
}

Places::Owners Transfers::OwnersOf(const Calls::Call& call, const Calls::Context& context,
                                   const std::optional<core::AccountId>& account) {
  if (account) return {"account/" + account->ToString()};
  return {"key/" + call.credentials.key.ToString(), "host/" + PeerHost(context.peer())};
}

absl::StatusOr<std::optional<core::AccountId>> Transfers::AccountOf(const Calls::Call& call) {
  std::optional<core::AccountId> account;
  if (call.credentials.account.empty()) return account;
  RETURN_IF_ERROR(
      calls_.engine().Read(call.credentials, call.method->rule, [&](const app::ReadContext& cx) {
        account = cx.caller.account;
        return absl::OkStatus();
      }));
  return account;
}

Places::Holder Transfers::HolderOf(const Calls::StreamPlace& opened, const IdleWait& wait) {
  return {[&wait] { return wait.Waited(); },
          [&keys = calls_.engine().keys(), at = opened->at()](const absl::Status& why) {
            keys.EndStream(at, why);
          }};
}

absl::StatusOr<Transfers::Place> Transfers::PlaceForUpload(const Calls::Call& call,
                                                           const Calls::Context& context,
                                                           Places::Holder holder) {
  ASSIGN_OR_RETURN(const auto account, AccountOf(call));
  return uploads_.Take(OwnersOf(call, context, account), std::move(holder));
}

absl::StatusOr<Transfers::Place> Transfers::PlaceForExport(const Calls::Call& call,
                                                           const Calls::Context& context,
                                                           Places::Holder holder) {
  ASSIGN_OR_RETURN(const auto account, AccountOf(call));
  return exports_.Take(OwnersOf(call, context, account), std::move(holder));
}

absl::StatusOr<Transfers::Place> Transfers::PlaceForDownload(
    const Calls::Call& call, const Calls::Context& context,
    const std::optional<core::AccountId>& account, Places::Holder holder) {
  return downloads_.Take(OwnersOf(call, context, account), std::move(holder));
}

absl::StatusOr<Transfers::Place> Transfers::PlaceForNotifications(const Calls::Call& call) {
  return notifications_.Take({"key/" + call.credentials.key.ToString()});
}

}  // namespace kalends::server
