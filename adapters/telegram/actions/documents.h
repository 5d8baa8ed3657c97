// The files of a link (SPEC 2.9).
#pragma once

#include "adapters/telegram/action.h"

namespace kalends::telegram {

// clang-format off
struct OpenDocuments { ProviderId provider; KALENDS_ACTION("fa", provider) };
// Rows to tick: bit i of `selected` is row i of the page. `mark` is MarkOf the rows, so that a list
// which changed since it was drawn is noticed; see screens/ticks.h.
struct ShowDocuments {
  ProviderId provider;
  AccountId customer;
  int page = 0;
  int selected = 0;
  int mark = 0;
  KALENDS_ACTION("fb", provider, customer, page, selected, mark)
};
struct DownloadDocuments {
  ProviderId provider;
  AccountId customer;
  int page = 0;
  int selected = 0;
  int mark = 0;
  KALENDS_ACTION("fc", provider, customer, page, selected, mark)
};
struct AskUpload { ProviderId provider; AccountId customer; KALENDS_ACTION("fd", provider, customer) };
struct AskDeleteDocuments {
  ProviderId provider;
  AccountId customer;
  int page = 0;
  int selected = 0;
  int mark = 0;
  KALENDS_ACTION("fe", provider, customer, page, selected, mark)
};
struct DeleteDocuments {
  ProviderId provider;
  AccountId customer;
  int page = 0;
  int selected = 0;
  int mark = 0;
  Nonce nonce;
  KALENDS_ACTION("ff", provider, customer, page, selected, mark, nonce)
};
// clang-format on

using DocumentsActions = Actions<OpenDocuments, ShowDocuments, DownloadDocuments, AskUpload,
                                 AskDeleteDocuments, DeleteDocuments>;

}  // namespace kalends::telegram
