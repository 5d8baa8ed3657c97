#include "core/app/documents.h"

#include <fmt/format.h>
#include <spdlog/spdlog.h>

#include <algorithm>

#include "absl/strings/escaping.h"
#include "core/app/consents.h"
#include "core/app/duties.h"
#include "core/app/keys.h"
#include "core/app/links.h"
#include "core/app/pictures.h"
#include "core/app/sealed.h"
#include "core/base/error.h"
#include "core/base/limits.h"
#include "core/base/missing.h"
#include "core/base/status_macros.h"
#include "core/documents/file_name.h"
#include "storage/accounts.h"
#include "storage/consents.h"
#include "storage/documents.h"

namespace kalends::app {
namespace {

constexpr std::size_t kTokenBytes = 32;
constexpr std::size_t kStoreIdBytes = 16;

std::string KeyRow(const std::string& blob) { return "blobs.wrapped_key/" + blob; }

std::string NameRow(const core::Document& document) {
  return fmt::format("documents.file_name/{}/{}/{}", document.link.provider.ToString(),
                     document.link.customer.ToString(), document.id.ToString());
}

// On whose behalf a document would be deleted; nullopt: a tool's that acts for nobody.
std::optional<core::Side> DeleterOf(const ReadContext& cx, const LinkSide& link) {
  return core::SeesEverything(cx.caller) ? std::nullopt : std::optional(link.side);
}

DocumentView View(const ReadContext& cx, const LinkSide& link, core::Document document) {
  DocumentView view;
  Opened name = OpenSealed(cx, document.file_name, NameRow(document));
  document.file_name = std::move(name.text);
  view.name_unreadable = name.unreadable;
  view.deletable = core::CheckDeletable(document, DeleterOf(cx, link)).ok();
  view.document = std::move(document);
  return view;
}

// The document, if it is there and the caller may see it.
absl::StatusOr<core::Document> Visible(const ReadContext& cx, const core::DocumentRef& ref) {
  RETURN_IF_ERROR(FindLinkSide(cx, ref.link).status());
  auto document = storage::FindDocument(cx.tx, ref);
  if (!document || document->deleted)
    return core::NotFound("providers/*/links/*/documents/*", ref.link.provider, ref.link.customer,
                          ref.id);
  return *std::move(document);
}

absl::StatusOr<FileView> OpenDocument(const ReadContext& cx, const core::DocumentRef& ref) {
  ASSIGN_OR_RETURN(const core::Document document, Visible(cx, ref));
  FileView file;
  // The bytes may be whole: under a name that says nothing they are still worth having.
  Opened name = OpenSealed(cx, document.file_name, NameRow(document));
  file.file_name = name.unreadable ? core::CleanFileName("") : std::move(name.text);
  file.content_type = document.content_type;
  file.size_bytes = document.size_bytes;
  file.blob = document.blob;
  return WithKey(cx, std::move(file));
}

absl::StatusOr<FileView> OpenConsentVersion(const ReadContext& cx,
                                            const core::ConsentVersionRef& ref) {
  RETURN_IF_ERROR(ReadableProvider(cx, ref.provider).status());
  const auto version = storage::FindConsentVersion(cx.tx, ref.provider, ref.document, ref.number);
  if (!version)
    return core::NotFound("providers/*/consentDocuments/*/versions/*", ref.provider, ref.document,
                          std::to_string(ref.number));
  return WithKey(
      cx, {version->file_name, version->content_type, version->size_bytes, version->blob, ""});
}

bool IsDeleted(const ReadContext& cx, const core::FileRef& file) {
  const auto* ref = std::get_if<core::DocumentRef>(&file);
  if (ref == nullptr) return false;
  const auto document = storage::FindDocument(cx.tx, *ref);
  return document && document->deleted;
}

}  // namespace

void KeepBlob(WriteContext& cx, core::ProviderId provider, const storage::NewBlob& blob) {
  storage::BlobRow row{provider, blob.id, blob.size_bytes,
                       cx.master_keys.WrapKey(blob.key, KeyRow(blob.id)), ""};
  row.master_key_id = storage::MasterKeys::KeyIdOf(row.wrapped_key);
  storage::InsertBlob(cx.tx, row);
}

void DropBlob(WriteContext& cx, const storage::BlobStore& blobs, const std::string& blob) {
  storage::DeleteBlob(cx.tx, blob);
  cx.gone.push_back({StreamOfFile(blob), core::Error(core::Reason::kNotFound)});
  cx.in_background.push_back([&blobs, blob] { blobs.Remove(blob); });
}

absl::Status CheckStillThere(const ReadContext& cx, const std::string& blob,
                             const std::optional<core::AccountId>& reader) {
  if (!storage::FindBlob(cx.tx, blob)) return core::Error(core::Reason::kNotFound);
  const auto account = reader ? storage::FindAccount(cx.tx, *reader) : std::nullopt;
  if (account && account->erased) return core::Error(core::Reason::kAccountUnknown);
  return absl::OkStatus();
}

absl::StatusOr<core::Usage> CheckMayUpload(const ReadContext& cx, const core::LinkKey& link) {
  ASSIGN_OR_RETURN(const LinkSide found, FindLinkSide(cx, link));
  RETURN_IF_ERROR(core::CheckLink(found.link));
  core::Usage used = storage::DocumentUsage(cx.tx, link);
  RETURN_IF_ERROR(core::CheckQuota(used, 1));
  return used;
}

absl::StatusOr<DocumentView> SaveDocument(WriteContext& cx, const SaveDocumentInput& input) {
  ASSIGN_OR_RETURN(const LinkSide link, FindLinkSide(cx.AsRead(), input.link));
  RETURN_IF_ERROR(core::CheckLink(link.link));
  RETURN_IF_ERROR(core::CheckFileSize(input.blob.size_bytes));
  RETURN_IF_ERROR(
      core::CheckQuota(storage::DocumentUsage(cx.tx, input.link), input.blob.size_bytes));
  core::Document document;
  document.id = cx.ids.Next<core::DocumentId>(cx.now);
  document.link = input.link;
  document.uploader = link.side;
  document.file_name =
      cx.master_keys.SealText(core::CleanFileName(input.file_name), NameRow(document));
  document.content_type = input.content_type;
  document.size_bytes = input.blob.size_bytes;
  document.blob = input.blob.id;
  document.created = cx.now;
  KeepBlob(cx, input.link.provider, input.blob);
  storage::InsertDocument(cx.tx, document);
  return View(cx.AsRead(), link, std::move(document));
}

absl::StatusOr<DocumentView> GetDocument(const ReadContext& cx, const core::DocumentRef& ref) {
  ASSIGN_OR_RETURN(const LinkSide link, FindLinkSide(cx, ref.link));
  ASSIGN_OR_RETURN(core::Document document, Visible(cx, ref));
  return View(cx, link, std::move(document));
}

absl::StatusOr<DocumentList> ListDocuments(const ReadContext& cx, const core::LinkKey& link,
                                           std::optional<core::DocumentId> before, int limit) {
  ASSIGN_OR_RETURN(const LinkSide access, FindLinkSide(cx, link));
  DocumentList list;
  for (core::Document& document : storage::ListDocuments(cx.tx, link, before, limit)) {
    list.documents.push_back(View(cx, access, std::move(document)));
  }
  list.usage = storage::DocumentUsage(cx.tx, link);
  return list;
}

absl::Status DeleteDocument(WriteContext& cx, const storage::BlobStore& blobs,
                            const core::DocumentRef& ref) {
  ASSIGN_OR_RETURN(const LinkSide link, FindLinkSide(cx.AsRead(), ref.link));
  ASSIGN_OR_RETURN(const core::Document document, Visible(cx.AsRead(), ref));
  RETURN_IF_ERROR(core::CheckDeletable(document, DeleterOf(cx.AsRead(), link)));
  storage::MarkDocumentDeleted(cx.tx, ref, cx.now);
  DropBlob(cx, blobs, document.blob);
  return absl::OkStatus();
}

absl::StatusOr<FileView> WithKey(const ReadContext& cx, FileView file) {
  const auto blob = storage::FindBlob(cx.tx, file.blob);
  if (!blob) return core::Error(core::Reason::kNotFound);
  ASSIGN_OR_RETURN(file.key, cx.master_keys.UnwrapKey(blob->wrapped_key, KeyRow(blob->id)));
  return file;
}

absl::StatusOr<FileView> OpenFile(const ReadContext& cx, const core::FileRef& ref) {
  if (const auto* document = std::get_if<core::DocumentRef>(&ref)) {
    return OpenDocument(cx, *document);
  }
  if (const auto* picture = std::get_if<core::PictureRef>(&ref)) {
    return OpenPicture(cx, *picture, 0, "");
  }
  return OpenConsentVersion(cx, std::get<core::ConsentVersionRef>(ref));
}

absl::StatusOr<NewDownloadLink> CreateDownloadLink(WriteContext& cx, const core::FileRef& ref) {
  NewDownloadLink made;
  ASSIGN_OR_RETURN(made.file, OpenFile(cx.AsRead(), ref));
  const core::AccountId requester = *cx.caller.account;
  if (storage::CountDownloadLinks(cx.tx, requester, cx.now) >= core::kDownloadLinksPerAccountMax) {
    return core::LimitReached("download_links", core::kDownloadLinksPerAccountMax,
                              "There are too many download links; wait until some have expired.");
  }
  made.token = core::DownloadToken(cx.random(kTokenBytes));
  made.expires = cx.now + core::kDownloadLinkValid;
  storage::InsertDownloadLink(cx.tx, {HashSecret(made.token), requester, ref, made.expires});
  return made;
}

absl::StatusOr<DownloadView> FindDownload(const ReadContext& cx, std::string_view token) {
  const auto link = storage::FindDownloadLink(cx.tx, HashSecret(token));
  if (!link) return core::Error(core::Reason::kDownloadUnknown);
  const auto requester = storage::FindAccount(cx.tx, link->requester);
  if (!requester) return core::Error(core::Reason::kDownloadUnknown);
  const auto refuse = [&](const absl::Status& status) {
    return core::WithMetadata(status, "language_code", core::CodeOf(requester->language));
  };
  if (IsDeleted(cx, link->file)) return refuse(core::Error(core::Reason::kDownloadDeleted));
  if (const absl::Status valid = core::CheckValid(*link, cx.now); !valid.ok()) return refuse(valid);
  // With the rights that the requester has by now.
  const ReadContext theirs{cx.tx, {cx.caller.key, {}, link->requester}, cx.now, cx.master_keys};
  absl::StatusOr<FileView> file = OpenFile(theirs, link->file);
  if (core::ReasonOf(file.status()) == core::Reason::kNotFound) {
    return core::Error(core::Reason::kDownloadUnknown);
  }
  RETURN_IF_ERROR(file.status());
  return DownloadView{*std::move(file), link->expires, requester->language, link->requester};
}

absl::Status CheckMasterKeys(WriteContext& cx) {
  const std::vector<std::string> present = cx.master_keys.Ids();
  for (const std::string& known : storage::KnownMasterKeys(cx.tx)) {
    if (std::find(present.begin(), present.end(), known) == present.end()) {
      return absl::FailedPreconditionError(
          "the database is sealed with a master key that is not there: restore master.key, or add "
          "the key to KALENDS_MASTER_KEY");
    }
  }
  storage::InsertMasterKey(cx.tx, cx.master_keys.CurrentId(), cx.now);
  return absl::OkStatus();
}

absl::Status RotateMasterKey(WriteContext& cx, storage::MasterKeys& keys) {
  if (!keys.CanRotate()) return core::Error(core::Reason::kMasterKeyElsewhere);
  ASSIGN_OR_RETURN(const std::string id, keys.Add());
  storage::InsertMasterKey(cx.tx, id, cx.now);
  cx.after_commit.push_back([&keys, id] { keys.MakeCurrent(id); });
  return absl::OkStatus();
}

Rewrapped RewrapKeys(WriteContext& cx, const std::optional<storage::BlobCursor>& after) {
  Rewrapped rewrapped;
  const std::string current = cx.master_keys.CurrentId();
  auto blobs = storage::BlobsOfOtherKeys(cx.tx, current, after, core::kRewrapBatch + 1);
  if (blobs.size() > core::kRewrapBatch) {
    blobs.pop_back();
    const storage::BlobRow& last = blobs.back();
    rewrapped.last = storage::BlobCursor{last.master_key_id, last.provider, last.id};
  }
  for (storage::BlobRow& blob : blobs) {
    const std::string row = KeyRow(blob.id);
    const absl::StatusOr<std::string> key = cx.master_keys.UnwrapKey(blob.wrapped_key, row);
    if (!key.ok()) {
      spdlog::error("file {}: {}", blob.id, std::string(key.status().message()));
      ++rewrapped.damaged;
      continue;
    }
    blob.wrapped_key = cx.master_keys.WrapKey(*key, row);
    blob.master_key_id = storage::MasterKeys::KeyIdOf(blob.wrapped_key);
    storage::RewrapBlob(cx.tx, blob);
    ++rewrapped.done;
  }
  rewrapped.remaining = storage::CountBlobsOfOtherKeys(cx.tx, current);
  return rewrapped;
}

absl::StatusOr<std::string> MatchBlobStore(WriteContext& cx, const storage::BlobStore& blobs) {
  absl::Status elsewhere = absl::FailedPreconditionError(fmt::format(
      "{} holds the files of another database: check --storage and --data-dir, or move the "
      "directory away if its files are of no use any more",
      blobs.directory().string()));
  const auto known = storage::FindBlobStoreId(cx.tx);
  ASSIGN_OR_RETURN(const auto present, blobs.Id());
  if (present && present != known) return elsewhere;
  if (present) return *present;
  // From before there were ids, or a crash came between the two: its own is who knows the files.
  ASSIGN_OR_RETURN(const std::vector<std::string> files, blobs.Finished());
  const bool is_own = std::any_of(files.begin(), files.end(), [&](const std::string& id) {
    return storage::FindBlob(cx.tx, id).has_value();
  });
  if (!files.empty() && !is_own) return elsewhere;
  if (known) return *known;
  std::string id = absl::BytesToHexString(cx.random(kStoreIdBytes));
  storage::InsertBlobStoreId(cx.tx, id);
  return id;
}

extern constinit const Duty kForgetDownloadLinks{
    "forgetting old download links",
    [](storage::Transaction& tx, core::Instant now, const DutyOptions&) {
      return storage::HasExpiredDownloadLinks(tx, now - core::kDownloadLinkKept);
    },
    [](WriteContext& cx, const DutyOptions&) {
      storage::PurgeDownloadLinks(cx.tx, cx.now - core::kDownloadLinkKept, kDutyPurgedMax);
    }};

}  // namespace kalends::app
