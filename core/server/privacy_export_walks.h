// Lists and single messages as the files of an export.
#pragma once

#include <memory>
#include <optional>
#include <utility>

#include "core/base/status_macros.h"
#include "core/server/listing_walk.h"
#include "core/server/privacy_export_sections.h"

namespace kalends::server {

template <typename Row, typename Cursor, typename Message>
auto Walk(Listing<Row, Cursor, Message> listing) {
  return ListingWalk<Row, Cursor, Message>(std::move(listing));
}
template <typename Row, typename Cursor, typename Message, typename MakeInner>
auto Nested(Listing<Row, Cursor, Message> outer, MakeInner inner) {
  return NestedWalk<ListingWalk<Row, Cursor, Message>, MakeInner>(Walk(std::move(outer)),
                                                                  std::move(inner));
}

// All rows of `walk`, a page at a time, as messages.
template <typename SomeWalk>
ExportPages PagesOfWalk(SomeWalk some) {
  const auto walk = std::make_shared<SomeWalk>(std::move(some));
  return [walk](const app::ReadContext& cx, const MessageSink& sink) -> absl::StatusOr<bool> {
    for (int i = 0; i < kWalkPage; ++i) {
      ASSIGN_OR_RETURN(const auto row, walk->Next(cx));
      if (!row) return false;
      typename SomeWalk::Message message;
      const auto encoded = storage::IfReadable(cx.tx, [&] {
        walk->Encode(cx, *row, &message);
        return true;
      });
      if (encoded) RETURN_IF_ERROR(sink(message));
    }
    return true;
  };
}
template <typename Outer, typename MakeInner>
ExportPages Pages(NestedWalk<Outer, MakeInner> walk) {
  return PagesOfWalk(std::move(walk));
}
template <typename Row, typename Cursor, typename Message>
ExportPages Pages(Listing<Row, Cursor, Message> listing) {
  return PagesOfWalk(Walk(std::move(listing)));
}

// The files of all rows of `some`: `file_of` says which.
template <typename SomeWalk, typename FileOf>
ExportFiles Files(SomeWalk some, FileOf file_of) {
  const auto walk = std::make_shared<SomeWalk>(std::move(some));
  return [=](const app::ReadContext& cx) -> absl::StatusOr<std::optional<ExportFile>> {
    ASSIGN_OR_RETURN(const auto row, walk->Next(cx));
    if (!row) return std::nullopt;
    return file_of(*row);
  };
}

// A file of one page, which `put_all` puts into the sink.
template <typename SomeId>
ExportPages Once(absl::Status (*put_all)(const app::ReadContext& cx, SomeId id,
                                         const MessageSink& sink),
                 SomeId id) {
  return [=](const app::ReadContext& cx, const MessageSink& sink) -> absl::StatusOr<bool> {
    RETURN_IF_ERROR(put_all(cx, id, sink));
    return false;
  };
}

// A file of the one message that `fill` fills.
template <typename SomeId, typename Message>
ExportPages Only(absl::Status (*fill)(const app::ReadContext& cx, SomeId id, Message* message),
                 SomeId id) {
  return [=](const app::ReadContext& cx, const MessageSink& sink) -> absl::StatusOr<bool> {
    Message message;
    RETURN_IF_ERROR(fill(cx, id, &message));
    RETURN_IF_ERROR(sink(message));
    return false;
  };
}

}  // namespace kalends::server
