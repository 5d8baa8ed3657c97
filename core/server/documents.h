// Shared documents, files and their messages.
#pragma once

#include "core/app/documents.h"
#include "core/server/listing.h"
#include "kalends/v1/document_service.pb.h"

namespace kalends::server {

void Encode(const app::DocumentView& view, v1::Document* message);
void Encode(const app::FileView& view, v1::FileInfo* message);
void Encode(const app::DownloadView& view, v1::Download* message);

// The newest first.
using DocumentListing = Listing<app::DocumentView, core::DocumentId, v1::Document>;
DocumentListing DocumentsOf(const core::LinkKey& link);

}  // namespace kalends::server
