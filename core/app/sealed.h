// How use cases read what is sealed: one damaged text is left out, with a mark in its place, and
// stops nothing that is beside it.
#pragma once

#include <string>
#include <string_view>

#include "core/app/context.h"

namespace kalends::app {

// A text as it is read.
struct Opened {
  std::string text;
  bool unreadable = false;  // It is damaged where it is stored; `text` is empty.
};

// What was kept at `row`, as MasterKeys says; no bytes at all: no text. For whatever is shown. What
// cannot be opened is counted, and the log names its row. Who is to change a text opens it by
// MasterKeys itself, and passes UNREADABLE on: what is damaged is not written over.
Opened OpenSealed(const ReadContext& cx, std::string_view sealed, std::string_view row);

}  // namespace kalends::app
