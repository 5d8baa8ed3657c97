// The files of one link (SPEC 2.9), for both of its sides.
#pragma once

#include "adapters/telegram/actions/documents.h"
#include "adapters/telegram/screens/ticks.h"
#include "kalends/v1/document_service.pb.h"
#include "kalends/v1/link_service.pb.h"

namespace kalends::telegram {

struct DocumentsView {
  ProviderId provider;
  AccountId customer;
  Side side = Side::kCustomer;
  std::string other_name;  // Of the other side, as people see it.
  Page<v1::Document> documents;
  Ticks ticks;
  std::string heading;  // HTML; may be empty.
};
// What the reader knows the file by: its name, or that it cannot be read.
std::string FileLabel(const Reader& reader, const v1::Document& document);
int MarkOf(const std::vector<v1::Document>& documents);
Screen DocumentsScreen(const Reader& reader, const DocumentsView& view);
Screen AskUploadScreen(const Reader& reader, const DocumentsView& view);
// Of the ticked ones, those that the reader may delete.
Screen AskDeleteDocumentsScreen(const Reader& reader, const DocumentsView& view, Nonce nonce);

}  // namespace kalends::telegram
