// The part of an export that is about files: shared documents, consent documents, consents.
#include "core/app/consents.h"
#include "core/base/status_macros.h"
#include "core/server/consents.h"
#include "core/server/documents.h"
#include "core/server/privacy_export.h"
#include "core/server/privacy_export_walks.h"
#include "storage/links.h"

namespace kalends::server {
namespace {

template <typename Other, typename Owner>
Listing<app::LinkView, Other, v1::Link> AllLinks(Owner owner, Other core::Link::* other) {
  return {[=](const app::ReadContext& cx, const auto& after,
              int limit) -> absl::StatusOr<std::vector<app::LinkView>> {
            std::vector<app::LinkView> views;
            for (const core::Link& link :
                 storage::LinksOf(cx.tx, owner, after.value_or(Other{-1}), limit)) {
              ASSIGN_OR_RETURN(auto view, app::GetLink(cx, {link.provider, link.customer}));
              views.push_back(std::move(view));
            }
            return views;
          },
          [=](const app::LinkView& view) { return view.link.*other; },
          [](const app::ReadContext&, const app::LinkView& view, v1::Link* message) {
            Encode(view, message);
          }};
}

template <typename Owner>
auto SharedBy(Owner owner) {
  return Nested(LinksOf(owner), [](const app::LinkView& view) {
    return DocumentsOf({view.link.provider, view.link.customer});
  });
}

template <typename Owner>
ExportFiles SharedFilesOf(Owner owner) {
  return Files(SharedBy(owner), [](const auto& row) {
    const core::Document& document = row.inner.document;
    return ExportFile{document.id.ToString(), core::DocumentRef{document.link, document.id}};
  });
}

template <typename Owner>
Listing<app::DocumentView, core::DocumentRef, v1::Document> DeletedDocumentsOf(Owner owner) {
  return {[=](const app::ReadContext& cx, const auto& after,
              int limit) -> absl::StatusOr<std::vector<app::DocumentView>> {
            std::vector<app::DocumentView> views;
            for (core::Document& one : storage::ListDeletedDocuments(cx.tx, owner, after, limit)) {
              views.push_back({std::move(one)});
            }
            return views;
          },
          [](const app::DocumentView& view) {
            return core::DocumentRef{view.document.link, view.document.id};
          },
          [](const app::ReadContext&, const app::DocumentView& view, v1::Document* message) {
            Encode(view, message);
          }};
}

// Not link by link: a consent stays on record when the provider, and with it the link, is gone.
Listing<app::ConsentRecordView, storage::ConsentRecordCursor, v1::ConsentRecord> RecordsOf(
    core::AccountId customer) {
  return {[=](const app::ReadContext& cx, const auto& after, int limit) {
            return app::ListConsentRecords(cx, customer, after, limit);
          },
          [](const app::ConsentRecordView& view) {
            return storage::ConsentRecordCursor{view.record.provider, view.record.id};
          },
          [](const app::ReadContext&, const app::ConsentRecordView& view,
             v1::ConsentRecord* message) { Encode(view, message); }};
}

// Of each document all versions, the newest first.
auto VersionsBy(core::ProviderId provider) {
  return Nested(ConsentDocumentsOf(provider, storage::Archived::kShow),
                [provider](const core::ConsentDocument& document) {
                  return ConsentVersionsOf(provider, document.id);
                });
}

}  // namespace

Listing<app::LinkView, core::ProviderId, v1::Link> LinksOf(core::AccountId customer) {
  return AllLinks(customer, &core::Link::provider);
}
Listing<app::LinkView, core::AccountId, v1::Link> LinksOf(core::ProviderId provider) {
  return AllLinks(provider, &core::Link::customer);
}

std::vector<ExportSection> FileSectionsOf(core::AccountId customer) {
  return {
      {"customer/documents.json", "Files shared with providers.", Pages(SharedBy(customer))},
      {"customer/documents/", "The files themselves.", SharedFilesOf(customer)},
      {"customer/deleted_documents.json", "What is left of files that were shared and deleted.",
       Pages(DeletedDocumentsOf(customer))},
      {"customer/consents.json", "Consents given and withdrawn.", Pages(RecordsOf(customer))},
  };
}

std::vector<ExportSection> FileSectionsOf(core::ProviderId provider) {
  return {
      {"provider/documents.json", "Files shared with customers.", Pages(SharedBy(provider))},
      {"provider/documents/", "The files themselves.", SharedFilesOf(provider)},
      {"provider/deleted_documents.json", "What is left of files that were shared and deleted.",
       Pages(DeletedDocumentsOf(provider))},
      {"provider/consent_versions.json", "Consent documents, all versions of each.",
       Pages(VersionsBy(provider))},
      {"provider/consent_versions/", "The files themselves.",
       Files(VersionsBy(provider),
             [=](const auto& row) {
               const core::ConsentVersionRef ref{provider, row.outer.id, row.inner.number};
               return ExportFile{ref.document.ToString() + "-" + std::to_string(ref.number), ref};
             })},
      {"provider/consents.json", "Consents of customers, given and withdrawn.",
       Pages(ConsentRecordsOf(provider, {}))},
  };
}

}  // namespace kalends::server
