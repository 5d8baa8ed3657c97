// The part of an export that is about files: shared documents, consent documents, consents.
#include <deque>
#include <memory>

#include "core/app/consents.h"
#include "core/base/error.h"
#include "core/base/status_macros.h"
#include "core/server/encode.h"
#include "core/server/export.h"
#include "storage/links.h"

namespace kalends::server {
namespace {

constexpr int kPage = 50;

core::ProviderId core::Link::* OtherOf(core::AccountId) { return &core::Link::provider; }
core::AccountId core::Link::* OtherOf(core::ProviderId) { return &core::Link::customer; }

// Goes over the rows of all links of one side. `list(cx, link, before)` gives the next rows of a
// link, those with an id below `before`; a link that is gone by then has none.
template <typename Owner, typename Row, typename RowId>
class LinkWalk {
 public:
  using List = std::function<absl::StatusOr<std::vector<Row>>(
      const app::ReadContext&, const core::LinkKey&, std::optional<RowId> before)>;
  using IdOf = RowId (*)(const Row&);

  LinkWalk(Owner owner, List list, IdOf id_of)
      : owner_(owner), list_(std::move(list)), id_of_(id_of) {}

  // nullopt: that was all.
  absl::StatusOr<std::optional<Row>> Next(const app::ReadContext& cx) {
    while (rows_.empty()) {
      if (!link_ && !NextLink(cx.tx)) return std::nullopt;
      absl::StatusOr<std::vector<Row>> rows = list_(cx, *link_, before_);
      if (core::ReasonOf(rows.status()) == core::Reason::kNotFound) rows.emplace();
      RETURN_IF_ERROR(rows.status());
      rows_.assign(std::make_move_iterator(rows->begin()), std::make_move_iterator(rows->end()));
      if (rows_.empty()) link_.reset();
    }
    Row row = std::move(rows_.front());
    rows_.pop_front();
    before_ = id_of_(row);
    return row;
  }

 private:
  using Other = std::decay_t<decltype(std::declval<core::Link>().*OtherOf(Owner{}))>;

  bool NextLink(storage::Transaction& tx) {
    const auto links = storage::LinksOf(tx, owner_, after_, 1);
    if (links.empty()) return false;
    after_ = links[0].*OtherOf(owner_);
    link_ = core::LinkKey{links[0].provider, links[0].customer};
    before_.reset();
    return true;
  }

  const Owner owner_;
  const List list_;
  const IdOf id_of_;
  Other after_{-1};
  std::optional<core::LinkKey> link_;
  std::optional<RowId> before_;
  std::deque<Row> rows_;
};

// All rows of `walk`, a page at a time, as messages.
template <typename SomeMessage, typename Walk>
ExportPages PagesOf(std::shared_ptr<Walk> walk) {
  return [walk](const app::ReadContext& cx, const MessageSink& sink) -> absl::StatusOr<bool> {
    for (int i = 0; i < kPage; ++i) {
      ASSIGN_OR_RETURN(const auto row, walk->Next(cx));
      if (!row) return false;
      SomeMessage message;
      Encode(*row, &message);
      RETURN_IF_ERROR(sink(message));
    }
    return true;
  };
}

template <typename Owner>
auto DocumentsOf(Owner owner) {
  using Walk = LinkWalk<Owner, app::DocumentView, core::DocumentId>;
  return std::make_shared<Walk>(
      owner,
      [](const app::ReadContext& cx, const core::LinkKey& link,
         std::optional<core::DocumentId> before) -> absl::StatusOr<std::vector<app::DocumentView>> {
        ASSIGN_OR_RETURN(auto list, app::ListDocuments(cx, link, before, kPage));
        return std::move(list.documents);
      },
      [](const app::DocumentView& view) { return view.document.id; });
}

// The files of all rows of `walk`. `ref_of` and `id_of` say which and by what they are told apart.
template <typename Walk, typename RefOf, typename IdOf>
ExportFiles FilesOf(std::shared_ptr<Walk> walk, RefOf ref_of, IdOf id_of) {
  return [=](const app::ReadContext& cx) -> absl::StatusOr<std::optional<ExportFile>> {
    ASSIGN_OR_RETURN(const auto row, walk->Next(cx));
    if (!row) return std::nullopt;
    return ExportFile{id_of(*row), ref_of(*row)};
  };
}

template <typename Owner>
ExportFiles SharedFilesOf(Owner owner) {
  return FilesOf(
      DocumentsOf(owner),
      [](const app::DocumentView& view) {
        return core::FileRef(core::DocumentRef{view.document.link, view.document.id});
      },
      [](const app::DocumentView& view) { return view.document.id.ToString(); });
}

// A list in pages: `list` gets the place to go on from, none at first; `place_of` is that behind a
// row.
template <typename SomeMessage, typename Place, typename List, typename PlaceOf>
ExportPages Listed(List list, PlaceOf place_of) {
  const auto place = std::make_shared<std::optional<Place>>();
  return [=](const app::ReadContext& cx, const MessageSink& sink) -> absl::StatusOr<bool> {
    ASSIGN_OR_RETURN(const auto rows, list(cx, *place));
    for (const auto& row : rows) {
      SomeMessage message;
      Encode(row, &message);
      RETURN_IF_ERROR(sink(message));
      *place = place_of(row);
    }
    return rows.size() == static_cast<std::size_t>(kPage);
  };
}

template <typename Owner>
ExportPages DeletedDocumentsOf(Owner owner) {
  return Listed<v1::Document, core::DocumentRef>(
      [=](const app::ReadContext& cx,
          const auto& after) -> absl::StatusOr<std::vector<app::DocumentView>> {
        std::vector<app::DocumentView> views;
        for (core::Document& document : storage::ListDeletedDocuments(cx.tx, owner, after, kPage)) {
          views.push_back({std::move(document)});
        }
        return views;
      },
      [](const app::DocumentView& view) {
        return core::DocumentRef{view.document.link, view.document.id};
      });
}

// Not link by link: a consent stays on record when the provider, and with it the link, is gone.
ExportPages RecordsOf(core::AccountId customer) {
  return Listed<v1::ConsentRecord, storage::ConsentRecordCursor>(
      [=](const app::ReadContext& cx, const auto& after) {
        return app::ListConsentRecords(cx, customer, after, kPage);
      },
      [](const app::ConsentRecordView& view) {
        return storage::ConsentRecordCursor{view.record.provider, view.record.id};
      });
}

// Of a provider as a whole.
class VersionWalk {
 public:
  explicit VersionWalk(core::ProviderId provider) : provider_(provider) {}

  struct Row {
    core::ConsentDocument document;
    core::ConsentVersion version;
  };
  // Documents the oldest first, of each its versions the newest first; nullopt: that was all.
  absl::StatusOr<std::optional<Row>> Next(const app::ReadContext& cx) {
    while (true) {
      if (!document_) {
        ASSIGN_OR_RETURN(auto documents, app::ListConsentDocuments(
                                             cx, provider_, storage::Archived::kShow, after_, 1));
        if (documents.empty()) return std::nullopt;
        document_ = std::move(documents[0]);
        after_ = document_->id;
        before_.reset();
      }
      ASSIGN_OR_RETURN(auto versions,
                       app::ListConsentVersions(cx, provider_, document_->id, before_, 1));
      if (!versions.empty()) {
        before_ = versions[0].number;
        return Row{*document_, std::move(versions[0])};
      }
      document_.reset();
    }
  }

 private:
  const core::ProviderId provider_;
  std::optional<core::ConsentDocumentId> after_;
  std::optional<core::ConsentDocument> document_;
  std::optional<int> before_;
};

ExportPages VersionsOf(core::ProviderId provider) {
  const auto walk = std::make_shared<VersionWalk>(provider);
  return [walk](const app::ReadContext& cx, const MessageSink& sink) -> absl::StatusOr<bool> {
    for (int i = 0; i < kPage; ++i) {
      ASSIGN_OR_RETURN(const auto row, walk->Next(cx));
      if (!row) return false;
      v1::ConsentVersion message;
      Encode(row->document, row->version, &message);
      RETURN_IF_ERROR(sink(message));
    }
    return true;
  };
}

ExportPages RecordsOf(core::ProviderId provider) {
  return Listed<v1::ConsentRecord, core::ConsentRecordId>(
      [=](const app::ReadContext& cx, const auto& before) {
        return app::ListConsentRecords(cx, provider, {}, before, kPage);
      },
      [](const app::ConsentRecordView& view) { return view.record.id; });
}

}  // namespace

std::vector<ExportSection> FileSectionsOf(core::AccountId customer) {
  return {
      {"customer/documents.json", "Files shared with providers.",
       PagesOf<v1::Document>(DocumentsOf(customer))},
      {"customer/documents/", "The files themselves.", SharedFilesOf(customer)},
      {"customer/deleted_documents.json", "What is left of files that were shared and deleted.",
       DeletedDocumentsOf(customer)},
      {"customer/consents.json", "Consents given and withdrawn.", RecordsOf(customer)},
  };
}

std::vector<ExportSection> FileSectionsOf(core::ProviderId provider) {
  return {
      {"provider/documents.json", "Files shared with customers.",
       PagesOf<v1::Document>(DocumentsOf(provider))},
      {"provider/documents/", "The files themselves.", SharedFilesOf(provider)},
      {"provider/deleted_documents.json", "What is left of files that were shared and deleted.",
       DeletedDocumentsOf(provider)},
      {"provider/consent_versions.json", "Consent documents, all versions of each.",
       VersionsOf(provider)},
      {"provider/consent_versions/", "The files themselves.",
       FilesOf(
           std::make_shared<VersionWalk>(provider),
           [=](const VersionWalk::Row& row) {
             return core::FileRef(
                 core::ConsentVersionRef{provider, row.document.id, row.version.number});
           },
           [](const VersionWalk::Row& row) {
             return row.document.id.ToString() + "-" + std::to_string(row.version.number);
           })},
      {"provider/consents.json", "Consents of customers, given and withdrawn.",
       RecordsOf(provider)},
  };
}

}  // namespace kalends::server
